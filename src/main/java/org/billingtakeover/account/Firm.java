package org.billingtakeover.account;

import java.time.ZoneId;
import java.util.Currency;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Language;

/**
 * An accounting firm; also the tenant that separates its cases from every other firm's.
 *
 * @param id the firm's number, also the tenant's id
 * @param country ISO code; the billing region of the firm
 * @param province code of the province or state that decides the taxes of what the firm pays
 * @param billDay day of the month of the firm's own consolidated bill, 1 to 31
 */
public record Firm(
        FirmId id,
        String name,
        String email,
        Language language,
        String country,
        String province,
        ZoneId timeZone,
        Currency currency,
        boolean wholesaleBilling,
        boolean paymentMethodOnFile,
        int billDay) {}
