package org.billingtakeover.commission;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Money;
import org.jspecify.annotations.Nullable;

/** Which quarters of which firms were settled. */
public interface Quarters {

    /** The firms of which something is known, each with the next quarter to settle, the longest waiting first. */
    List<Next> next();

    /** What is payable of a quarter; whoever else earns or is paid waits until the transaction ends. Empty if it was settled meanwhile. */
    Optional<Money> lockPayable(FirmId firm, Quarter quarter);

    /** Pays what is payable of the quarter. */
    CommissionPayout pay(FirmId firm, Quarter quarter, Instant now);

    void settled(Settled settled);

    /** Oldest first. */
    List<Settled> of(FirmId firm);

    /** A firm's next quarter to settle. */
    record Next(FirmId firm, Quarter quarter) {}

    /**
     * What became of a quarter. Published in the transaction that settles it.
     *
     * @param balance at its end
     * @param payout null where the balance was below the threshold and is carried over
     */
    record Settled(
            FirmId firmId,
            Quarter quarter,
            Money balance,
            Money threshold,
            Instant at,
            @Nullable CommissionPayout payout) {}
}
