package org.billingtakeover.account;

import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Payer;

/** The stored accounts. */
public interface Accounts {

    /** @throws java.util.NoSuchElementException if there is no such firm */
    Firm firm(FirmId firmId);

    List<Firm> firms();

    /** Adds the firm, or brings what is stored of it up to date. */
    void save(Firm firm);

    /** The accounts of these clients; of whom there are. */
    List<Account> find(Collection<UUID> clientIds);

    default Optional<Account> find(UUID clientId) {
        return find(List.of(clientId)).stream().findFirst();
    }

    Optional<Account> find(FirmId firmId, CompanyId companyId);

    /** @throws java.util.NoSuchElementException if there is no such client */
    default Account account(UUID clientId) {
        return find(clientId).orElseThrow();
    }

    /** The accounts of these companies on a firm's list, by their own ids and as listed; a company that is not on the list is left out. */
    Map<CompanyId, Account> ofCompanies(FirmId firmId, Collection<CompanyId> companyIds);

    /** As of which day the newest list that named each client was exported, local date of the firm; where that is known. */
    Map<UUID, LocalDate> listedAsOf(Collection<UUID> clientIds);

    /** A list as of that day names these clients. */
    void listed(Collection<UUID> clientIds, LocalDate asOf);

    /** Adds the accounts, or brings what is stored of them up to date: the client and both subscriptions, not the firm. */
    void save(List<Account> accounts);

    /**
     * The firm, with every other import into its list kept waiting until the running transaction ends.
     *
     * @throws java.util.NoSuchElementException if there is no such firm
     */
    Firm lockListOf(FirmId firmId);

    /**
     * How many of a firm's clients have two payers, an active integration that stops on {@code date} or earlier, and no doubt that holds them.
     *
     * @param except these, whatever their date
     */
    int countAtRisk(FirmId firmId, LocalDate date, Set<UUID> except);

    /**
     * One page of a firm's clients, what is urgent first: integrations that two payers stop, by their stop date; those of them without one;
     * what has stopped; then all others. Within these by name, in the order of a Canadian French dictionary.
     */
    List<Account> ofFirm(FirmId firmId, ClientSearch search, int offset, int limit);

    int countOfFirm(FirmId firmId, ClientSearch search);

    /** Tells of each client on a firm's list, in a transaction and however many there are. */
    void eachOfFirm(FirmId firmId, Consumer<OnList> reader);

    /** A client on a firm's list, by its company's own id and the id as listed. */
    record OnList(UUID clientId, CompanyId companyId, CompanyId listedAs) {}

    /** Likewise, by the beginnings of words of the name or company id, in any order; blank for all. */
    default List<Account> ofFirm(FirmId firmId, String text, int offset, int limit) {
        return ofFirm(firmId, ClientSearch.of(text), offset, limit);
    }

    default int countOfFirm(FirmId firmId, String text) {
        return countOfFirm(firmId, ClientSearch.of(text));
    }

    /** Records who pays a subscription from now on, and by which price basis. */
    void changePayer(UUID subscriptionId, Payer payer, PriceBasis priceBasis);

    /** Records that the integration runs, and with one payer is no longer at risk, or has stopped. */
    void changeIntegration(UUID clientId, Integration integration);
}
