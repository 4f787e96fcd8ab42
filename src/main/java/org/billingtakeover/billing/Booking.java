package org.billingtakeover.billing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.TakeoverKey;

/**
 * What a case wants of the platform, and how far that has come.
 *
 * @param platform where it is booked
 * @param cutOff until when it can be booked and withdrawn there
 * @param isWanted whether the case still wants it; what it does not want is withdrawn
 * @param reason why it was rejected or has lapsed
 */
public record Booking(
        TakeoverKey takeover,
        Order order,
        PlatformName platform,
        Instant cutOff,
        boolean isWanted,
        Progress progress,
        Optional<Rejection> reason) {

    /** How far it has come, as the platform has told. */
    public enum Progress {
        /** Still to be booked; or nobody knows whether it was. */
        WAITING,
        BOOKED,
        /** The payer has changed by it, as the platform's books say; also where it was withdrawn too late. */
        CONFIRMED,
        /** The platform would not book it, or booked it and could not make it. */
        REJECTED,
        TOO_LATE,
        WITHDRAWN
    }

    /**
     * @param option which of the ways of a case it is, as its key names it
     * @param platform where the firm's changes are made
     */
    public record Wish(
            String option,
            PlatformName platform,
            CompanyId companyId,
            Product product,
            FirmId firmId,
            Payer newPayer,
            LocalDate effective,
            ZoneId zone,
            Instant cutOff) {}

    /**
     * The platform's word on a booking, kept. Published in the transaction that keeps it, before it is written down, so that whoever
     * locks a case for it locks the case first.
     *
     * @param booking as it was before
     */
    public record Told(Booking booking, Progress word, Optional<Rejection> reason) {}
}
