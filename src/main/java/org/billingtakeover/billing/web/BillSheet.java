package org.billingtakeover.billing.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Firm;
import org.billingtakeover.billing.Bill;
import org.billingtakeover.billing.Bill.Line;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.pricing.Charge;

/**
 * A bill as a page and a PDF show it.
 *
 * @param to the name of whom it is for
 * @param clients in the order of the bill
 * @param net all lines before taxes
 * @param taxes the sum of each
 */
record BillSheet(Bill bill, Firm firm, String to, List<Client> clients, Money net, List<Tax> taxes) {

    /**
     * What the bill says of one client.
     *
     * @param total taxes included
     */
    record Client(CompanyId company, String name, List<Row> rows, Money total) {}

    /** @param last the last day that it is for */
    record Row(Line line, List<Tax> taxes, LocalDate last) {}

    /** @param name in the reader's language */
    record Tax(String name, Money amount) {}

    /** @param accounts those of the bill's companies that are still on the firm's list; another one is called by its id */
    static BillSheet of(Bill bill, Firm firm, Map<CompanyId, Account> accounts, Language language) {
        Function<CompanyId, String> name = company ->
                accounts.containsKey(company) ? accounts.get(company).client().name() : company.text();
        Map<CompanyId, List<Line>> byClient = new LinkedHashMap<>();
        bill.lines()
                .forEach(line -> byClient.computeIfAbsent(line.company(), company -> new ArrayList<>())
                        .add(line));
        List<Client> clients = byClient.entrySet().stream()
                .map(each -> new Client(
                        each.getKey(),
                        name.apply(each.getKey()),
                        each.getValue().stream()
                                .map(line -> row(line, language))
                                .toList(),
                        sum(bill, each.getValue(), Charge::total)))
                .toList();
        return new BillSheet(
                bill,
                firm,
                bill.party().company().map(name).orElse(firm.name()),
                clients,
                sum(bill, bill.lines(), Charge::net),
                taxes(bill, language));
    }

    private static Row row(Line line, Language language) {
        return new Row(
                line,
                line.charge().taxes().stream()
                        .map(tax -> new Tax(language.partOf(tax.name()), tax.amount()))
                        .toList(),
                line.until().minusDays(1));
    }

    private static Money sum(Bill bill, List<Line> lines, Function<Charge, Money> what) {
        return lines.stream().map(Line::charge).map(what).reduce(Money.zero(bill.currency()), Money::plus);
    }

    private static List<Tax> taxes(Bill bill, Language language) {
        Map<String, Money> sums = new LinkedHashMap<>();
        bill.lines().stream()
                .flatMap(line -> line.charge().taxes().stream())
                .forEach(tax -> sums.merge(tax.name(), tax.amount(), Money::plus));
        return sums.entrySet().stream()
                .map(tax -> new Tax(language.partOf(tax.getKey()), tax.getValue()))
                .toList();
    }
}
