package org.billingtakeover.account;

import java.util.List;
import org.billingtakeover.kernel.CompanyId;

/**
 * A list names these companies. Published once for each batch of lines, at the beginning of the importing transaction: whoever has
 * something under way for one of them takes turns with the import, so that it compares the lines with what is so by then.
 */
public record AccountsListed(List<CompanyId> companies) {

    public AccountsListed {
        companies = List.copyOf(companies);
    }
}
