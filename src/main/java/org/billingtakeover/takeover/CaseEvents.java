package org.billingtakeover.takeover;

import java.time.Instant;
import java.util.List;
import org.billingtakeover.kernel.TakeoverKey;
import org.jspecify.annotations.Nullable;

/** What happened in each case, in lines for those who work on it. */
public interface CaseEvents {

    void add(Happening.Happened happened);

    /** Oldest first. */
    List<CaseEvent> of(TakeoverKey takeover);

    /**
     * @param what the {@link Happening#code}
     * @param detail codes, dates and numbers, never personal data
     */
    record CaseEvent(
            Instant at, String actor, String what, @Nullable String detail) {}
}
