package org.billingtakeover.takeover;

import java.util.function.Supplier;
import org.billingtakeover.kernel.TakeoverKey;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lets somebody act on a case as long as it stands where they saw it. */
@Component
public class AsSeen {

    private final CaseFiles files;

    AsSeen(CaseFiles files) {
        this.files = files;
    }

    /**
     * Acts in one transaction with the look at where the case stands, so that nothing comes between.
     *
     * @param seen where the page showed it; null where the page did not say
     * @throws Refusal {@code changedSince} if it stands elsewhere by now; nothing changed
     */
    @Transactional
    public <T> T act(TakeoverKey key, @Nullable Seen seen, Supplier<T> action) {
        if (!Seen.of(files.lock(key).takeover()).equals(seen)) {
            throw new Refusal("changedSince");
        }
        return action.get();
    }

    /** As {@link #act}, without a result. */
    @Transactional
    public void run(TakeoverKey key, @Nullable Seen seen, Runnable action) {
        act(key, seen, () -> {
            action.run();
            return key;
        });
    }
}
