package org.billingtakeover.account;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;

/**
 * What lists say of clients and a person has to decide. While a doubt holds a client, nothing is opened, mailed or switched for it.
 */
public interface Doubts {

    /** What is in doubt about a client. */
    enum Kind {
        /** Its firm's list names another payer than the books. */
        PAYER,
        /** Its company is kept under another spelling of its id as well. */
        SPELLING,
        /** A list of the whole firm does not name it. */
        NOT_LISTED
    }

    /** What holds this client. */
    Set<Kind> holding(UUID clientId);

    default boolean holds(UUID clientId) {
        return !holding(clientId).isEmpty();
    }

    /**
     * Lists name another payer than the books. What was answered of this very claim, as of that day or later, is not asked again.
     *
     * @param asOf the day of which the list is, local date of the firm
     */
    void raise(Collection<PayerClaim> claims, LocalDate asOf);

    /** What a list says of a client's payers agrees with the books by now. */
    void payersAgree(Collection<UUID> clientIds, Product product);

    /** A whole list as of that day does not name these clients. */
    void notListed(Collection<UUID> clientIds, LocalDate asOf);

    /** A list as of that day names these clients. */
    void listed(Collection<UUID> clientIds, LocalDate asOf);

    /** The payers that somebody has to decide on, the oldest first. */
    List<PayerDoubt> payersInDoubt(int limit);

    int countPayersInDoubt();

    Optional<PayerDoubt> payerInDoubt(UUID id);

    /** Clients that are kept under several spellings, with all spellings of a company together; {@code limit} companies. */
    List<Spelling> spellings(int limit);

    int countSpellings();

    /**
     * Keeps what a person decided.
     *
     * @param holds whether the client is held on, since its account still says something else
     * @return false if that doubt has been answered already
     */
    boolean answer(UUID doubt, String answer, String actor, boolean holds);

    /** Which of these clients a whole list did not name, and whether the firm has said that they are no longer its clients. */
    Map<UUID, Boolean> notListedAmong(Collection<UUID> clientIds);

    /** The firm says whether a client that its list did not name is still its client; false if that is not in doubt. */
    boolean answerNotListed(UUID clientId, boolean stillClient, String actor);

    /**
     * Billing operations say under which of its spellings a firm's company is kept on; the others are put away.
     *
     * @return the clients that are put away
     */
    List<UUID> keepSpelling(UUID clientId, String actor);

    /** Billing operations say that what differs by zeros alone is a company of its own; false if that is not in doubt, or cannot be. */
    boolean isOtherCompany(UUID clientId, String actor);

    /** The books were corrected by a person: every account of the company that says something else is held. */
    void holdOthers(CompanyId company, Product product, Payer payer, UUID rightOne, LocalDate asOf, String actor);

    /** What one line says of a payer. */
    record PayerClaim(UUID clientId, Product product, Payer payer) {}

    /** @param asOf of which day the list is that says so, local date of the firm */
    record PayerDoubt(UUID id, UUID clientId, Product product, Payer listed, LocalDate asOf) {}

    /**
     * One of several spellings under which a company is kept.
     *
     * @param inDoubt whether this is one of those that somebody has to decide on
     * @param mayBeOther whether it may be another company after all, since it differs by zeros
     */
    record Spelling(
            UUID clientId,
            FirmId firmId,
            String firm,
            String client,
            CompanyId companyId,
            PrimaryAdmin admin,
            boolean inDoubt,
            boolean mayBeOther) {}
}
