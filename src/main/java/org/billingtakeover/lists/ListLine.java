package org.billingtakeover.lists;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.Product;
import org.jspecify.annotations.Nullable;

/** One line of an account list, as read. */
public sealed interface ListLine {

    /** Where the line starts in the file, counted from 1. */
    long number();

    /** The company that the line is about; empty where that cannot be told. */
    default Optional<CompanyId> companyId() {
        return Optional.empty();
    }

    /**
     * A client with both subscriptions.
     *
     * @param integration how the integration stands at the platform; null where the list does not say
     * @param commission what the firm has earned on Time and not been paid; null where the list does not say
     */
    record Complete(
            long number,
            ListedClient client,
            @Nullable IntegrationStatus integration,
            @Nullable BigDecimal commission) implements ListLine {

        @Override
        public Optional<CompanyId> companyId() {
            return Optional.of(client.companyId());
        }
    }

    /** A client that does not have one of the products. */
    record Incomplete(long number, CompanyId company, Product missing) implements ListLine {

        @Override
        public Optional<CompanyId> companyId() {
            return Optional.of(company);
        }
    }

    /** A line of no client, such as a total. */
    record Skipped(long number, String text) implements ListLine {}

    /** A line that cannot be used. */
    record Bad(long number, List<LineProblem> problems) implements ListLine {

        public Bad {
            problems = List.copyOf(problems);
        }
    }
}
