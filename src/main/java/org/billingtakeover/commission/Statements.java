package org.billingtakeover.commission;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.TakeoverKey;
import org.jspecify.annotations.Nullable;

/** What stands on a firm's statement. */
public interface Statements {

    int countEntries(FirmId firm);

    /** Newest first. */
    List<Entry> entries(FirmId firm, int offset, int limit);

    /** Newest first, at most {@code limit}. */
    List<Payment> payments(FirmId firm, int limit);

    /**
     * What was earned.
     *
     * @param client the client's name; null where the client is no longer kept
     * @param product of the subscription; null where the client is no longer kept
     * @param bill the number of the platform's bill; null where a list told
     * @param base what was billed before taxes; null where a list told
     * @param percent of that; null where a list told
     * @param day of the bill or of the list
     * @param takeover whose payout it is part of; null where it is of none
     * @param quarter whose payout it is part of; null where it is of none
     */
    record Entry(
            LocalDate day,
            @Nullable String client,
            @Nullable Product product,
            @Nullable String bill,
            @Nullable Money base,
            @Nullable BigDecimal percent,
            Money amount,
            @Nullable TakeoverKey takeover,
            @Nullable Quarter quarter) {

        public boolean isPaid() {
            return takeover != null || quarter != null;
        }
    }

    /** @param handedOverAt null as long as whoever pays does not have the order */
    record Payment(CommissionPayout payout, @Nullable Instant handedOverAt) {}
}
