package org.billingtakeover.lists;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.UUID;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.BillingArrangement;
import org.billingtakeover.account.BillingCycle;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.account.PrimaryAdmin;
import org.billingtakeover.account.StopDates;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.account.SubscriptionStatus;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.jspecify.annotations.Nullable;

/**
 * A client as an account list tells of it.
 *
 * @param stopDate the local date on which the integration stops; null where the list does not say
 */
public record ListedClient(
        CompanyId companyId,
        String name,
        PrimaryAdmin admin,
        Language language,
        String country,
        String province,
        ZoneId timeZone,
        Currency currency,
        @Nullable LocalDate stopDate,
        ListedSubscription online,
        ListedSubscription time) {

    /** @param renewalDate null for a monthly plan */
    public record ListedSubscription(
            String plan,
            int users,
            Payer payer,
            BillingCycle cycle,
            int billingDay,
            @Nullable LocalDate renewalDate,
            boolean includedInPayroll,
            SubscriptionStatus status) {

        ListedSubscription paidBy(Payer other) {
            return new ListedSubscription(
                    plan, users, other, cycle, billingDay, renewalDate, includedInPayroll, status);
        }

        private Subscription of(UUID clientId, Product product, @Nullable Subscription stored) {
            return new Subscription(
                    stored == null ? UUID.randomUUID() : stored.id(),
                    clientId,
                    product,
                    plan,
                    users,
                    payer,
                    PriceBasis.of(product, payer),
                    cycle,
                    billingDay,
                    renewalDate,
                    includedInPayroll,
                    status);
        }
    }

    ListedSubscription subscription(Product product) {
        return product == Product.QUICKBOOKS_ONLINE ? online : time;
    }

    /** This client where others pay than the list says. */
    ListedClient paidBy(Payer onlinePayer, Payer timePayer) {
        return new ListedClient(
                companyId,
                name,
                admin,
                language,
                country,
                province,
                timeZone,
                currency,
                stopDate,
                online.paidBy(onlinePayer),
                time.paidBy(timePayer));
    }

    /**
     * The account that this client is on the firm's list.
     *
     * @param id of the client
     * @param company the platform's own number, whatever this list's spelling
     * @param stored what is known of it; null for a client that is not on the list yet
     * @param today local date of the client
     */
    Account on(UUID id, Firm firm, CompanyId company, @Nullable Account stored, LocalDate today, StopDates stopDates) {
        return new Account(
                firm,
                new Client(
                        id,
                        firm.id(),
                        company,
                        companyId,
                        name,
                        admin,
                        language,
                        country,
                        province,
                        timeZone,
                        currency,
                        integration(stored == null ? null : stored.client().integration(), today, stopDates)),
                online.of(id, Product.QUICKBOOKS_ONLINE, stored == null ? null : stored.online()),
                time.of(id, Product.QUICKBOOKS_TIME, stored == null ? null : stored.time()));
    }

    private Integration integration(@Nullable Integration stored, LocalDate today, StopDates stopDates) {
        IntegrationStatus status = stored == null ? IntegrationStatus.ACTIVE : stored.status();
        if (BillingArrangement.of(online.payer(), time.payer()) != BillingArrangement.SPLIT) {
            // One that was stopped runs again once the platform says so.
            return new Integration(
                    status, status == IntegrationStatus.ACTIVE || stored == null ? null : stored.stopDate());
        }
        if (stopDate != null) {
            return new Integration(status, stopDate);
        }
        // The first detection counts: a later list must not put the stop off.
        LocalDate detected = stored == null ? null : stored.stopDate();
        return new Integration(status, detected == null ? stopDates.defaultFor(today) : detected);
    }
}
