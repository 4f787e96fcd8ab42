package org.billingtakeover.lists;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.CompanySpellings;
import org.billingtakeover.account.CompanySpellings.Listed;
import org.billingtakeover.account.CompanySpellings.Meaning;
import org.billingtakeover.account.PayerBooks;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Product;
import org.jspecify.annotations.Nullable;

/** What is known of the companies of some lines, read at once. */
final class Known {

    private final Map<CompanyId, Account> accounts;
    private final Map<CompanyId, Meaning> meanings;
    private final Map<CompanyId, Map<Product, PayerBooks.Entry>> books;
    private final Map<CompanyId, Map<Product, PayerBooks.Awaited>> awaited;
    private final Map<UUID, LocalDate> listedAsOf;

    private Known(
            Map<CompanyId, Account> accounts,
            Map<CompanyId, Meaning> meanings,
            Map<CompanyId, Map<Product, PayerBooks.Entry>> books,
            Map<CompanyId, Map<Product, PayerBooks.Awaited>> awaited,
            Map<UUID, LocalDate> listedAsOf) {
        this.accounts = accounts;
        this.meanings = meanings;
        this.books = books;
        this.awaited = awaited;
        this.listedAsOf = listedAsOf;
    }

    static Known of(
            FirmId firm,
            Collection<ListLine> lines,
            Accounts accounts,
            CompanySpellings spellings,
            PayerBooks payerBooks) {
        List<CompanyId> ids =
                lines.stream().flatMap(line -> line.companyId().stream()).toList();
        Map<CompanyId, Account> known = new HashMap<>(accounts.ofCompanies(firm, ids));
        List<Listed> unknown = lines.stream()
                .filter(line ->
                        line.companyId().filter(id -> !known.containsKey(id)).isPresent())
                .map(Known::listed)
                .toList();
        Map<CompanyId, Meaning> meanings = unknown.isEmpty() ? Map.of() : spellings.meanings(firm, unknown);
        List<CompanyId> meant = meanings.values().stream()
                .flatMap(meaning ->
                        meaning instanceof CompanySpellings.Known other ? Stream.of(other.company()) : Stream.empty())
                .toList();
        if (!meant.isEmpty()) {
            known.putAll(accounts.ofCompanies(firm, meant));
        }
        List<CompanyId> all = Stream.concat(ids.stream(), meant.stream()).toList();
        return new Known(
                known,
                meanings,
                payerBooks.of(all),
                payerBooks.awaited(all),
                accounts.listedAsOf(
                        known.values().stream().map(each -> each.client().id()).toList()));
    }

    static Listed listed(ListLine line) {
        CompanyId id = line.companyId().orElseThrow();
        return line instanceof ListLine.Complete complete
                ? new Listed(
                        id, complete.client().name(), complete.client().admin().email())
                : new Listed(id, "", "");
    }

    /** What nobody can tell of an id; empty where it is clear. */
    Optional<CompanySpellings.Unknown> doubtAbout(CompanyId id) {
        return meanings.get(id) instanceof CompanySpellings.Unknown unknown ? Optional.of(unknown) : Optional.empty();
    }

    /** The company's own number, as which the platform and other firms know it. */
    CompanyId company(CompanyId id) {
        Account account = accounts.get(id);
        if (account != null) {
            return account.client().companyId();
        }
        return meanings.get(id) instanceof CompanySpellings.Known other ? other.company() : id;
    }

    /** The account of a company on the firm's list; null if it is not on it. */
    @Nullable
    Account account(CompanyId id) {
        Account account = accounts.get(id);
        return account == null ? accounts.get(company(id)) : account;
    }

    Optional<PayerBooks.Entry> books(CompanyId id, Product product) {
        return Optional.ofNullable(books.getOrDefault(company(id), Map.of()).get(product));
    }

    /** What the company's firm is to change by hand. */
    Optional<PayerBooks.Awaited> awaited(CompanyId id, Product product) {
        return Optional.ofNullable(awaited.getOrDefault(company(id), Map.of()).get(product));
    }

    /** Whether a newer list than one as of that day has named the client. */
    boolean isNewerThan(LocalDate asOf, Account account) {
        return Objects.requireNonNullElse(listedAsOf.get(account.client().id()), asOf)
                .isAfter(asOf);
    }
}
