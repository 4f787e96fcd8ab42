package org.billingtakeover.lists;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.AccountChanged;
import org.billingtakeover.account.CommissionsListed.Unpaid;
import org.billingtakeover.account.CompanySpellings;
import org.billingtakeover.account.Doubts.PayerClaim;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.IntegrationsShown;
import org.billingtakeover.account.PayerBooks;
import org.billingtakeover.account.PayerBooks.Entry;
import org.billingtakeover.account.PayerBooks.Standing;
import org.billingtakeover.account.PayersImported.Payers;
import org.billingtakeover.account.PayersShown.Shown;
import org.billingtakeover.account.StopDates;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.jspecify.annotations.Nullable;

/** What some lines tell that is not known yet, and where they contradict what is known. */
final class Comparison {

    private final Firm firm;
    private final LocalDate asOf;
    private final Known known;
    private final StopDates stopDates;
    private final Clock clock;

    private final Tally tally = new Tally();
    private final List<Account> toSave = new ArrayList<>();
    private final List<Payers> payers = new ArrayList<>();
    private final List<AccountChanged> changes = new ArrayList<>();
    private final List<UUID> named = new ArrayList<>();
    private final List<Unpaid> unpaid = new ArrayList<>();
    private final List<PayerClaim> contradictions = new ArrayList<>();
    private final List<Shown> shown = new ArrayList<>();
    private final List<IntegrationsShown.Shown> integrations = new ArrayList<>();
    private final Map<Product, List<UUID>> agreeing = new EnumMap<>(Product.class);
    private final Map<CompanySpellings.Listed, UUID> doubtful = new LinkedHashMap<>();

    Comparison(Firm firm, LocalDate asOf, Known known, StopDates stopDates, Clock clock) {
        this.firm = firm;
        this.asOf = asOf;
        this.known = known;
        this.stopDates = stopDates;
        this.clock = clock;
    }

    Tally tally() {
        return tally;
    }

    List<Account> toSave() {
        return toSave;
    }

    List<Payers> payers() {
        return payers;
    }

    List<AccountChanged> changes() {
        return changes;
    }

    /** The clients that the lines name. */
    List<UUID> named() {
        return named;
    }

    /** What the lines say the firm has earned on subscriptions that its clients pay, unless a newer list has told of them. */
    List<Unpaid> unpaid() {
        return unpaid;
    }

    /** What the lines say of payers against the books. */
    List<PayerClaim> contradictions() {
        return contradictions;
    }

    /** What the firm was to change by hand, and the lines show to be changed. */
    List<Shown> shown() {
        return shown;
    }

    /** How the lines say that integrations stand. */
    List<IntegrationsShown.Shown> integrations() {
        return integrations;
    }

    /** The clients of whose payer for a product the lines say what the books say, and no newer list something else. */
    List<UUID> agreeing(Product product) {
        return agreeing.getOrDefault(product, List.of());
    }

    /** Lines of which nobody can tell whose they are, with the client that each may be. */
    Map<CompanySpellings.Listed, UUID> doubtful() {
        return doubtful;
    }

    void compare(ListLine line) {
        if (line instanceof ListLine.Bad bad) {
            tally.bad(bad.problems());
        } else if (line instanceof ListLine.Skipped skipped) {
            tally.skippedOne();
            tally.warn(problem(line, skipped.text(), ListFault.NO_CLIENT));
        } else {
            CompanyId id = line.companyId().orElseThrow();
            known.doubtAbout(id).ifPresentOrElse(doubt -> doubt(line, id, doubt), () -> {
                Account before = known.account(id);
                if (line instanceof ListLine.Complete complete) {
                    compare(complete, before);
                } else if (line instanceof ListLine.Incomplete incomplete) {
                    compare(incomplete, before);
                }
            });
        }
    }

    private void doubt(ListLine line, CompanyId id, CompanySpellings.Unknown doubt) {
        doubtful.put(Known.listed(line), doubt.resembles());
        tally.bad(
                doubt.sameFirm()
                        ? problem(
                                line,
                                id.text(),
                                ListFault.DOUBTFUL_KNOWN_ID,
                                doubt.other().text())
                        : problem(line, id.text(), ListFault.DOUBTFUL_COMPANY));
    }

    private void compare(ListLine.Complete line, @Nullable Account before) {
        ListedClient client = line.client();
        LocalDate today = LocalDate.now(clock.withZone(client.timeZone()));
        if (client.stopDate() != null && client.stopDate().isBefore(today)) {
            String date = client.stopDate().toString();
            tally.warn(problem(line, date, ListFault.STOP_DATE_PAST, date));
        }
        boolean older = before != null && known.isNewerThan(asOf, before);
        UUID id = before == null ? UUID.randomUUID() : before.client().id();
        Payer online = payer(line, id, before, Product.QUICKBOOKS_ONLINE, older);
        Payer time = payer(line, id, before, Product.QUICKBOOKS_TIME, older);
        Account now =
                client.paidBy(online, time).on(id, firm, known.company(client.companyId()), before, today, stopDates);
        note(line, before, now, today, older);
        if (line.integration() != null && !older) {
            integrations.add(new IntegrationsShown.Shown(known.company(client.companyId()), line.integration()));
        }
        if (line.commission() != null && time == Payer.CLIENT && !older) {
            unpaid.add(new Unpaid(now.time().id(), new Money(line.commission(), firm.currency())));
        }
    }

    private void compare(ListLine.Incomplete line, @Nullable Account before) {
        if (before == null) {
            tally.leftOut(line.missing());
        } else {
            LocalDate today = LocalDate.now(clock.withZone(before.client().timeZone()));
            note(line, before, before.without(line.missing()), today, known.isNewerThan(asOf, before));
        }
    }

    /** Who pays by what is known and what the list may say. */
    private Payer payer(ListLine.Complete line, UUID client, @Nullable Account before, Product product, boolean older) {
        Payer claimed = line.client().subscription(product).payer();
        Optional<PayerBooks.Awaited> awaited = known.awaited(line.client().companyId(), product)
                .filter(change -> change.payer() == claimed && change.firmId().equals(firm.id()));
        if (before != null && awaited.isPresent()) {
            show(line, before, product, awaited.get(), older);
            return before.subscription(product).payer();
        }
        Entry books = known.books(line.client().companyId(), product).orElse(null);
        Standing standing = books == null ? Standing.AGREES : books.of(firm.id(), claimed);
        if (standing == Standing.CONTRADICTS && books != null) {
            boolean asked = !older && !asOf.isBefore(books.since());
            tally.warn(problem(
                    line,
                    line.client().companyId().text(),
                    asked ? ListFault.PAYER_CONTRADICTED : ListFault.PAYER_CHANGED_SINCE,
                    product.name(),
                    claimed.name(),
                    books.since().toString()));
            if (asked) {
                contradictions.add(new PayerClaim(client, product, claimed));
            }
            Payer kept = before == null ? claimed : before.subscription(product).payer();
            return books.of(firm.id(), kept) == Standing.AGREES ? kept : claimed;
        }
        if (!older) {
            agreeing.computeIfAbsent(product, each -> new ArrayList<>()).add(client);
        }
        return claimed;
    }

    /** The payer stays who it is: what the proof makes of it, the case records; a change made before its day is not what was agreed. */
    private void show(
            ListLine.Complete line, Account before, Product product, PayerBooks.Awaited change, boolean older) {
        if (older) {
            return;
        }
        if (asOf.isBefore(change.from())) {
            tally.warn(problem(
                    line,
                    line.client().companyId().text(),
                    ListFault.PAYER_CHANGED_EARLY,
                    product.name(),
                    change.payer().name(),
                    change.from().toString()));
            contradictions.add(new PayerClaim(before.client().id(), product, change.payer()));
        } else {
            shown.add(new Shown(known.company(line.client().companyId()), product));
        }
    }

    private void note(ListLine line, @Nullable Account before, Account now, LocalDate today, boolean older) {
        if (before == null) {
            tally.addedOne();
        } else if (now.equals(before)) {
            tally.unchangedOne();
            named.add(before.client().id());
            return;
        } else if (older) {
            tally.unchangedOne();
            tally.warn(problem(line, now.client().listedAs().text(), ListFault.OLDER_LIST));
            return;
        } else {
            ClientChange change = ClientChange.of(before, now);
            tally.changed(change);
            if (now.differsBeyondName(before)) {
                changes.add(new AccountChanged(now.client().id(), change.ofBilling()));
            }
        }
        toSave.add(now);
        named.add(now.client().id());
        if (before == null || !now.hasPayersOf(before)) {
            payers.add(new Payers(
                    firm.id(),
                    now.client().companyId(),
                    now.online().payer(),
                    now.time().payer(),
                    today));
        }
    }

    private static LineProblem problem(ListLine line, String value, ListFault fault, String... arguments) {
        return new LineProblem(line.number(), null, value, fault, List.of(arguments));
    }
}
