package org.billingtakeover.verifier;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.billingtakeover.verifier.Finding.Kind;
import org.jspecify.annotations.Nullable;

/**
 * When the database says that the records of one chain, or the seals, came. It grows with their order, and is known of each that follows
 * one of which it is known.
 */
final class RecordedTimes {

    private final @Nullable Duration farthestApart;
    private final Kind earlier;
    private final Kind unknown;
    private final Kind apart;
    private @Nullable Instant last;

    private RecordedTimes(@Nullable Duration farthestApart, Kind earlier, Kind unknown, Kind apart) {
        this.farthestApart = farthestApart;
        this.earlier = earlier;
        this.unknown = unknown;
        this.apart = apart;
    }

    /** @param farthestApart of the product's clock and the database's; null where the product's can be moved */
    static RecordedTimes ofChain(@Nullable Duration farthestApart) {
        return new RecordedTimes(farthestApart, Kind.RECORDED_EARLIER, Kind.RECORDED_UNKNOWN, Kind.RECORDED_APART);
    }

    /** As {@code ofChain}, of the seals. */
    static RecordedTimes ofSeals(@Nullable Duration farthestApart) {
        return new RecordedTimes(
                farthestApart, Kind.SEAL_RECORDED_EARLIER, Kind.SEAL_RECORDED_UNKNOWN, Kind.SEAL_RECORDED_APART);
    }

    /** @param at when it came as the product says, asked for only where that is judged
     * @return what does not fit of the next record */
    List<Kind> next(Supplier<Instant> at, @Nullable Instant recordedAt) {
        if (recordedAt == null) {
            return last == null ? List.of() : List.of(unknown);
        }
        List<Kind> found = new ArrayList<>();
        if (last != null && recordedAt.isBefore(last)) {
            found.add(earlier);
        }
        if (farthestApart != null
                && Duration.between(at.get(), recordedAt).abs().compareTo(farthestApart) > 0) {
            found.add(apart);
        }
        last = recordedAt;
        return found;
    }
}
