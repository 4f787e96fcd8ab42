package org.billingtakeover.account;

import java.time.ZoneId;
import java.util.Currency;
import java.util.UUID;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Language;

/**
 * A company on one firm's list.
 *
 * @param companyId the platform's own number of the company, the same for every firm
 * @param listedAs that number as this firm's list has it, which may lack zeros at the beginning
 * @param language the language that the client is written to in
 * @param country ISO code; the billing region of the client
 * @param province code of the province or state that decides the taxes of what the client pays
 * @param timeZone the zone whose calendar decides the client's billing dates and deadlines
 */
public record Client(
        UUID id,
        FirmId firmId,
        CompanyId companyId,
        CompanyId listedAs,
        String name,
        PrimaryAdmin admin,
        Language language,
        String country,
        String province,
        ZoneId timeZone,
        Currency currency,
        Integration integration) {

    Client renamed(String newName) {
        return with(newName, admin, integration);
    }

    Client withAdmin(PrimaryAdmin other) {
        return with(name, other, integration);
    }

    Client with(Integration other) {
        return with(name, admin, other);
    }

    private Client with(String newName, PrimaryAdmin newAdmin, Integration newIntegration) {
        return new Client(
                id,
                firmId,
                companyId,
                listedAs,
                newName,
                newAdmin,
                language,
                country,
                province,
                timeZone,
                currency,
                newIntegration);
    }
}
