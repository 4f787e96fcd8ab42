package org.billingtakeover.commission;

import java.time.LocalDate;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Money;

/**
 * What the platform billed a client for one subscription; less than nothing where it gave something back.
 *
 * @param bill its number on the platform; one may be for several subscriptions
 * @param net before taxes
 * @param clientPaysSince the first day that the client pays the subscription, local date of the client
 * @param day of the bill, local date of the client
 */
public record ClientBill(
        FirmId firmId, Subscription subscription, String bill, Money net, LocalDate clientPaysSince, LocalDate day) {}
