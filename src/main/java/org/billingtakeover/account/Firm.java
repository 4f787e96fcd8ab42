package org.billingtakeover.account;

import java.time.ZoneId;
import java.util.Currency;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Language;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * An accounting firm; also the tenant that separates its cases from every other firm's.
 *
 * @param id the firm's number, also the tenant's id
 * @param country ISO code; the billing region of the firm
 * @param province code of the province or state that decides the taxes of what the firm pays
 * @param billDay day of the month of the firm's own consolidated bill, 1 to 31
 * @param platform where its changes of payer are made from now on; what is booked stays where it is
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
        int billDay,
        @DefaultValue("by-hand") PlatformName platform) {

    /** The same firm, whose payment method is on file or is not. */
    public Firm withPaymentMethod(boolean onFile) {
        return with(onFile, platform);
    }

    /** The same firm, whose changes are made there. */
    public Firm changingOn(PlatformName other) {
        return with(paymentMethodOnFile, other);
    }

    private Firm with(boolean onFile, PlatformName other) {
        return new Firm(
                id,
                name,
                email,
                language,
                country,
                province,
                timeZone,
                currency,
                wholesaleBilling,
                onFile,
                billDay,
                other);
    }
}
