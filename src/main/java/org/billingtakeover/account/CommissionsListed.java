package org.billingtakeover.account;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Money;

/**
 * A firm's list tells what the firm has earned on subscriptions and not been paid. Published in the transaction that stores the list.
 *
 * @param asOf the day on which the list was exported, local date of the firm
 */
public record CommissionsListed(FirmId firmId, LocalDate asOf, List<Unpaid> unpaid) {

    /** @param amount 0 or more, in the currency in which the firm is paid */
    public record Unpaid(UUID subscription, Money amount) {}
}
