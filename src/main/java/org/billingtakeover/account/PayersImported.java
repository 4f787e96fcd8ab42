package org.billingtakeover.account;

import java.time.LocalDate;
import java.util.List;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Payer;

/**
 * An import told who pays for clients that were not known before, or whose payer was another one. Published once for each
 * batch of lines, inside the importing transaction, after the accounts are stored.
 */
public record PayersImported(List<Payers> payers) {

    public PayersImported {
        payers = List.copyOf(payers);
    }

    /**
     * @param online who pays for QuickBooks Online
     * @param time who pays for QuickBooks Time
     * @param since the first day on which that is known to hold, local date of the client
     */
    public record Payers(FirmId firmId, CompanyId companyId, Payer online, Payer time, LocalDate since) {}
}
