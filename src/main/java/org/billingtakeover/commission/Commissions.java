package org.billingtakeover.commission;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.TakeoverKey;
import org.jspecify.annotations.Nullable;

/** What firms have earned entry by entry, and what was paid of it. */
public interface Commissions {

    /** What the firm has earned and not been paid; empty where neither a bill nor a list has ever said anything. */
    Optional<Money> balance(FirmId firm);

    /**
     * Whoever earns or is paid takes turns by firm until the transaction ends. From now on the firm's balance is known.
     *
     * @param from the first day about which something is known, where nothing was
     */
    void lock(FirmId firm, LocalDate from);

    /** What is known of a subscription as a source. */
    default Source source(UUID subscription) {
        return Objects.requireNonNull(sources(List.of(subscription)).get(subscription));
    }

    /** What is known of each of these subscriptions as a source. */
    Map<UUID, Source> sources(Collection<UUID> subscriptions);

    /** What the firm earned on these subscriptions and was not paid; one of which nothing was ever said is left out. */
    Map<UUID, Money> unpaid(FirmId firm, Collection<UUID> subscriptions);

    /** @return false if this bill was counted before */
    boolean add(ClientBill bill, BigDecimal percent, Money share);

    /** By how much a list as of this day says more, or less, of each subscription than was known. */
    void add(FirmId firm, Map<UUID, Money> differences, LocalDate asOf);

    /** Nothing accrues on the subscription from this day on; an earlier end stays. */
    void end(UUID subscription, LocalDate from);

    /** When the firm was last paid, local date of the firm. */
    Optional<LocalDate> lastPaidOn(FirmId firm);

    /**
     * Pays the firm's whole balance because a take-over moved a subscription, whatever its size (the ordinary threshold does not
     * apply). Called again for the same take-over it answers with the same payout and pays nothing more.
     *
     * @return the payout, or empty where the balance is nothing or not known
     */
    Optional<CommissionPayout> payWholeBalance(FirmId firm, TakeoverKey takeover, Instant now);

    /** What was paid because of this take-over. */
    Optional<CommissionPayout> paidFor(TakeoverKey takeover);

    /**
     * A subscription as a source of what a firm earns.
     *
     * @param listedAsOf the day of the newest list that told of it
     * @param firstBilledOn the day of the first bill that counted
     * @param endedOn from when on nothing accrues
     */
    record Source(
            @Nullable LocalDate listedAsOf,
            @Nullable LocalDate firstBilledOn,
            @Nullable LocalDate endedOn) {

        boolean hasEndedBy(LocalDate day) {
            return endedOn != null && !day.isBefore(endedOn);
        }

        boolean isToldByList(LocalDate day) {
            return listedAsOf != null && !day.isAfter(listedAsOf);
        }

        boolean isToldByNewerList(LocalDate day) {
            return listedAsOf != null && day.isBefore(listedAsOf);
        }

        /** Where bills have told, what an office believes adds nothing. */
        boolean isToldByBill(LocalDate day) {
            return firstBilledOn != null && !day.isBefore(firstBilledOn);
        }
    }
}
