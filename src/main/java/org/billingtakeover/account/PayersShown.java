package org.billingtakeover.account;

import java.time.LocalDate;
import java.util.List;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Product;

/**
 * A firm's list shows changes that the firm was to make by hand. Published once for each batch of lines, inside the importing
 * transaction, after the accounts are stored.
 *
 * @param asOf the day of which the list is, not before any of the changes
 */
public record PayersShown(FirmId firmId, LocalDate asOf, List<Shown> changes) {

    public PayersShown {
        changes = List.copyOf(changes);
    }

    /** That whoever was to pay for this pays. */
    public record Shown(CompanyId companyId, Product product) {}
}
