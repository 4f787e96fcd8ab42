package org.billingtakeover.account;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;

/** The books of who pays for what, against which lists are held: a list is a claim, and never takes back what the books have changed. */
public interface PayerBooks {

    /** The last payers that the books have of these companies; a product that they do not know is left out. */
    Map<CompanyId, Map<Product, Entry>> of(Collection<CompanyId> companies);

    /** @throws java.util.NoSuchElementException if the books do not know this company's product */
    default Entry entry(CompanyId company, Product product) {
        return Optional.ofNullable(
                        of(List.of(company)).getOrDefault(company, Map.of()).get(product))
                .orElseThrow();
    }

    /** The changes of these companies that their firms make by hand and that wait for a proof. */
    Map<CompanyId, Map<Product, Awaited>> awaited(Collection<CompanyId> companies);

    /** It is settled that {@code payer} pays from {@code since} on, local date of the client. */
    void correct(CompanyId company, Product product, Payer payer, FirmId firm, LocalDate since);

    /**
     * A change that a firm makes by hand.
     *
     * @param firmId the firm whose list can prove it
     * @param from the first day on which {@code payer} is to pay, local date of the client; a list as of an earlier day proves nothing
     */
    record Awaited(Payer payer, FirmId firmId, LocalDate from) {}

    /**
     * @param firmId the firm that pays, or on whose word the client does
     * @param since the first day on which that payer pays, local date of the client
     * @param listed whether a list said so; false where a change was made
     */
    record Entry(Payer payer, FirmId firmId, LocalDate since, boolean listed) {

        /** How what a firm's list says stands to the books. */
        public Standing of(FirmId firm, Payer claimed) {
            if (claimed == payer && (payer == Payer.CLIENT || firmId.equals(firm))) {
                return Standing.AGREES;
            }
            return listed && firmId.equals(firm) ? Standing.CORRECTS : Standing.CONTRADICTS;
        }
    }

    /** What a firm's list says of a payer, held against the books. */
    enum Standing {
        AGREES,
        /** The firm's own earlier word is all that the books have. */
        CORRECTS,
        CONTRADICTS
    }
}
