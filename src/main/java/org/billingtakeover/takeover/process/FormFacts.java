package org.billingtakeover.takeover.process;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.BillsCompared;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.billing.ChangeByHand;
import org.billingtakeover.billing.ChangesByHand;
import org.billingtakeover.billing.FirstBills;
import org.billingtakeover.billing.FirstBillsOfChanges;
import org.billingtakeover.billing.IntegrationKey;
import org.billingtakeover.billing.IntegrationOrder;
import org.billingtakeover.billing.IntegrationOrders;
import org.billingtakeover.kernel.ClientKey;
import org.billingtakeover.kernel.FirmKey;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Subject;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.Mails.SentMail;
import org.billingtakeover.pricing.Quote;
import org.billingtakeover.takeover.CaseFile;
import org.billingtakeover.takeover.CaseFiles;
import org.billingtakeover.takeover.ConsentRequest;
import org.billingtakeover.takeover.ResolveProblem;
import org.billingtakeover.takeover.State;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What a task keeps of what it was made for, in no language: codes, amounts such as {@code 12.34 CAD}, and dates of ISO 8601. The history
 * of the task has it; {@link FormContent} words it for each reader.
 */
@Component
class FormFacts {

    private final CaseFiles files;
    private final Accounts accounts;
    private final ResolveProblem problems;
    private final ChangesByHand changes;
    private final FirstBillsOfChanges firstBills;
    private final IntegrationOrders orders;

    FormFacts(
            CaseFiles files,
            Accounts accounts,
            ResolveProblem problems,
            ChangesByHand changes,
            FirstBillsOfChanges firstBills,
            IntegrationOrders orders) {
        this.firstBills = firstBills;
        this.changes = changes;
        this.orders = orders;
        this.files = files;
        this.accounts = accounts;
        this.problems = problems;
    }

    Map<String, Object> quote(TakeoverKey key) {
        CaseFile file = files.read(key);
        Account account = file.account();
        Quote quote = file.quote().orElseThrow();
        Map<String, Object> facts = caseOf(key, account);
        facts.put("plan", account.time().plan());
        facts.put("users", account.time().users());
        facts.put("integration", account.client().integration().status().name());
        facts.put("stopDate", date(account.client().integration().stopDate()));
        facts.put("difference", amount(quote.difference(Payer.FIRM)));
        putCost(facts, quote);
        return facts;
    }

    Map<String, Object> question(TakeoverKey key) {
        CaseFile file = files.read(key);
        Account account = file.account();
        ConsentRequest request = file.openQuestion().orElseThrow();
        Quote quote = file.quote(request.quote());
        Map<String, Object> facts = caseOf(key, account);
        facts.put("adminName", request.name());
        facts.put("adminEmail", request.email());
        facts.put("language", request.language().code());
        facts.put("askedAt", request.askedAt().toString());
        facts.put("answerUntil", date(request.lastDay()));
        facts.put("stopDate", date(account.client().integration().stopDate()));
        facts.put("difference", amount(quote.difference(Payer.CLIENT)));
        putCost(facts, quote);
        return facts;
    }

    /** @throws IllegalStateException if the case has no problem */
    Map<String, Object> problem(TakeoverKey key) {
        CaseFile file = files.read(key);
        if (!(file.state() instanceof State.InTrouble trouble)) {
            throw new IllegalStateException(key + " has no problem to resolve.");
        }
        Map<String, Object> facts = caseOf(key, file.account());
        facts.put("way", trouble.way().name());
        facts.put("billingDate", date(trouble.change().billingDate()));
        facts.put("reason", trouble.obstacle());
        facts.put("retryDate", date(problems.dateIfRetried(key).orElseThrow()));
        return facts;
    }

    Map<String, Object> changeByHand(BookingKey booking) {
        CaseFile file = files.read(booking.takeover());
        ChangeByHand change = changes.find(booking).orElseThrow();
        Order order = change.order();
        Map<String, Object> facts = caseOf(file.key(), file.account());
        facts.put("booking", booking.text());
        facts.put("way", file.state().way().name());
        facts.put("product", order.product().name());
        facts.put("newPayer", order.newPayer().name());
        facts.put("billingDate", date(order.effective()));
        return facts;
    }

    Map<String, Object> firstBills(BookingKey booking) {
        CaseFile file = files.read(booking.takeover());
        FirstBills bills = firstBills.find(booking).orElseThrow();
        Order order = bills.booking().order();
        BillsCompared compared = bills.compared().orElseThrow();
        Map<String, Object> facts = caseOf(file.key(), file.account());
        facts.put("booking", booking.text());
        facts.put("product", order.product().name());
        facts.put("newPayer", order.newPayer().name());
        facts.put("billingDate", date(order.effective()));
        facts.put(
                "differences",
                compared.differences().stream().sorted().map(Enum::name).toList());
        facts.put(
                "bills",
                compared.bills().stream().map(bill -> bill.number().text()).toList());
        return facts;
    }

    Map<String, Object> integrationByHand(IntegrationKey key) {
        IntegrationOrder order = orders.find(key).orElseThrow();
        Map<String, Object> facts =
                caseOf(order.about(), accounts.account(order.client().client()));
        facts.put("order", key.text());
        facts.put("status", order.order().status().name());
        facts.put("asOf", date(order.order().asOf()));
        return facts;
    }

    Map<String, Object> refusedStep(TakeoverKey key, String step, String refusal, String askedBy) {
        CaseFile file = files.read(key);
        Map<String, Object> facts = caseOf(key, file.account());
        facts.put("step", step);
        facts.put("reason", refusal);
        facts.put("askedBy", askedBy);
        facts.put("state", file.state().getClass().getSimpleName());
        return facts;
    }

    Map<String, Object> mail(SentMail mail) {
        Map<String, Object> facts = aboutMail(mail.about());
        facts.put("kind", mail.kind());
        facts.put("party", mail.party());
        facts.put("recipient", mail.recipient());
        facts.put("state", mail.state());
        facts.put("postedAt", mail.postedAt().toString());
        return facts;
    }

    private Map<String, Object> aboutMail(Subject about) {
        if (about instanceof FirmKey key) {
            return caseOf(about, "", accounts.firm(key.firm()));
        }
        return caseOf(
                about,
                about instanceof TakeoverKey key
                        ? files.read(key).account()
                        : accounts.account(((ClientKey) about).client()));
    }

    private static void putCost(Map<String, Object> facts, Quote quote) {
        facts.put("number", quote.number().text());
        facts.put("priceListVersion", quote.priceListVersion());
        facts.put("validUntil", quote.validUntil().toString());
        for (Payer payer : List.of(Payer.FIRM, Payer.CLIENT)) {
            facts.put(payer.name(), Map.of("before", amount(quote.before(payer)), "after", amount(quote.after(payer))));
        }
    }

    private static Map<String, Object> caseOf(Subject about, Account account) {
        return caseOf(about, account.client().name(), account.firm());
    }

    private static Map<String, Object> caseOf(Subject about, String client, Firm firm) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("takeover", about.text());
        facts.put("client", client);
        facts.put("firm", firm.name());
        return facts;
    }

    private static String date(@Nullable LocalDate date) {
        return date == null ? "" : date.toString();
    }

    /** With a point and two decimals. */
    static String amount(Money money) {
        return money.amount().toPlainString() + " " + money.currency().getCurrencyCode();
    }
}
