package org.billingtakeover.account;

import java.time.LocalDate;
import java.util.List;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;

/**
 * A firm's list says how the integrations of companies stand; it may be the proof of a stop or restart that the firm was to make by hand.
 *
 * @param asOf the day of which the list is
 */
public record IntegrationsShown(FirmId firmId, LocalDate asOf, List<Shown> integrations) {

    public record Shown(CompanyId companyId, IntegrationStatus status) {}
}
