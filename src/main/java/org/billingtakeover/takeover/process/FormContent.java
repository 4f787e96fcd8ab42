package org.billingtakeover.takeover.process;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.billing.Bill;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.BillsCompared;
import org.billingtakeover.billing.BillsSentIn;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.billing.ChangesByHand;
import org.billingtakeover.billing.FirstBills;
import org.billingtakeover.billing.FirstBillsOfChanges;
import org.billingtakeover.billing.IntegrationKey;
import org.billingtakeover.billing.IntegrationOrder;
import org.billingtakeover.billing.IntegrationOrders;
import org.billingtakeover.kernel.ClientKey;
import org.billingtakeover.kernel.FirmKey;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.NamesOfStaff;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Subject;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.Mails.SentMail;
import org.billingtakeover.pricing.Charge;
import org.billingtakeover.pricing.Quote;
import org.billingtakeover.pricing.QuoteSheet;
import org.billingtakeover.takeover.CaseEvents;
import org.billingtakeover.takeover.CaseEvents.CaseEvent;
import org.billingtakeover.takeover.CaseFile;
import org.billingtakeover.takeover.CaseFiles;
import org.billingtakeover.takeover.CompareWays;
import org.billingtakeover.takeover.ConsentRequest;
import org.billingtakeover.takeover.ExpectFirstBill;
import org.billingtakeover.takeover.FirstBillSheet;
import org.billingtakeover.takeover.Happening;
import org.billingtakeover.takeover.MakeByHand;
import org.billingtakeover.takeover.PreviewInWords;
import org.billingtakeover.takeover.Quotes;
import org.billingtakeover.takeover.ResolveProblem;
import org.billingtakeover.takeover.State;
import org.billingtakeover.takeover.Way;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What each form shows, worded in one language; the forms in {@code forms/} name these values. */
@Component
class FormContent {

    private static final String QUOTE_MADE = Happening.code(Happening.QuoteMade.class);

    private final CaseFiles files;
    private final CaseEvents events;
    private final Accounts accounts;
    private final ResolveProblem problems;
    private final CompareWays compare;
    private final ExpectFirstBill firstBill;
    private final PreviewInWords preview;
    private final MakeByHand byHand;
    private final ChangesByHand changes;
    private final BillsSentIn bills;
    private final FirstBillsOfChanges firstBills;
    private final IntegrationOrders orders;
    private final NamesOfStaff names;
    private final MessageSource messages;
    private final Clock clock;

    FormContent(
            CaseFiles files,
            CaseEvents events,
            Accounts accounts,
            ResolveProblem problems,
            CompareWays compare,
            ExpectFirstBill firstBill,
            PreviewInWords preview,
            MakeByHand byHand,
            ChangesByHand changes,
            BillsSentIn bills,
            FirstBillsOfChanges firstBills,
            IntegrationOrders orders,
            NamesOfStaff names,
            MessageSource messages,
            Clock clock) {
        this.byHand = byHand;
        this.changes = changes;
        this.bills = bills;
        this.firstBills = firstBills;
        this.orders = orders;
        this.names = names;
        this.clock = clock;
        this.problems = problems;
        this.compare = compare;
        this.firstBill = firstBill;
        this.preview = preview;
        this.files = files;
        this.events = events;
        this.accounts = accounts;
        this.messages = messages;
    }

    /**
     * For review-new-cost: the quote and what hangs on the decision.
     *
     * @param number the quote that the task was made for; empty for the newest
     */
    Map<String, Object> quote(TakeoverKey key, Optional<String> number, Language language) {
        CaseFile file = files.read(key);
        Account account = file.account();
        Quote quote = file.quotes().stream()
                .map(Quotes.Kept::quote)
                .filter(each -> number.filter(each.number().text()::equals).isPresent())
                .findFirst()
                .or(file::quote)
                .orElseThrow();
        InWords words = new InWords(language);
        Map<String, Object> content = caseOf(key, account);
        content.put("plan", account.time().plan());
        content.put("users", account.time().users());
        content.put("integration", stands(account));
        content.put("stopDate", date(account.client().integration().stopDate(), words));
        putPreview(content, preview.toStaff(file, language));
        String rise = rise(file, quote, words);
        content.put("hasRisen", rise.isEmpty() ? "no" : "yes");
        content.put("rise", rise);
        content.put("difference", words.difference(quote.difference(Payer.FIRM)));
        content.put("compared", compare.of(file, quote, Payer.FIRM, language).lines());
        Optional<FirstBillSheet> expected = firstBill.inWords(file, file.state().way(), Payer.FIRM, language);
        content.put("hasFirstBill", expected.isEmpty() ? "no" : "yes");
        content.put(
                "firstBill",
                expected.map(sheet -> String.join(" ", sheet.sentences())).orElse(""));
        content.put("firstBillLines", expected.map(FirstBillSheet::rows).orElse(List.of()));
        content.put("firstBillNote", expected.map(FirstBillSheet::note).orElse(""));
        putSheet(content, quote, language, account.client().timeZone());
        return content;
    }

    /** For record-client-answer: the question as it was put to the client. */
    Map<String, Object> question(TakeoverKey key, Language language) {
        CaseFile file = files.read(key);
        Account account = file.account();
        ConsentRequest request = file.openQuestion()
                .orElseGet(() -> file.questions().get(file.questions().size() - 1));
        Quote quote = file.quote(request.quote());
        InWords words = new InWords(language);
        ZoneId zone = account.client().timeZone();
        Map<String, Object> content = caseOf(key, account);
        content.put("adminName", request.name());
        content.put("adminEmail", request.email());
        content.put("language", message("form.language." + request.language(), language));
        content.put("askedOn", words.date(LocalDate.ofInstant(request.askedAt(), zone)));
        content.put("answerUntil", words.date(request.lastDay()));
        content.put("stopDate", date(account.client().integration().stopDate(), words));
        content.put("difference", words.difference(quote.difference(Payer.CLIENT)));
        content.put("text", readToTheClient(file, request, quote));
        putPreview(content, preview.toClient(file, request.language()));
        content.put("casePage", "/cases/" + key);
        putSheet(content, quote, language, zone);
        return content;
    }

    /**
     * For resolve-problem: why the payer did not change, and what was tried.
     *
     * @param retryDate the local date for which the task says that a retry counts, of ISO 8601; empty for that of now
     * @throws IllegalStateException if the case has no problem
     */
    Map<String, Object> problem(TakeoverKey key, Optional<String> retryDate, Language language) {
        CaseFile file = files.read(key);
        if (!(file.state() instanceof State.InTrouble trouble)) {
            throw new IllegalStateException(key + " has no problem to resolve.");
        }
        Account account = file.account();
        InWords words = new InWords(language);
        Map<String, Object> content = caseOf(key, account);
        content.put("way", trouble.way().name());
        content.put("billingDate", words.date(trouble.change().billingDate()));
        content.put("reason", obstacle(trouble.obstacle(), language));
        content.put("mend", messageOr("problem." + trouble.obstacle() + ".mend", "problem.mend", language));
        LocalDate ifRetried = retryDate
                .map(LocalDate::parse)
                .or(() -> problems.dateIfRetried(key))
                .orElseThrow();
        content.put("retryDate", ifRetried.toString());
        content.put("ifRetried", words.date(ifRetried));
        content.put(
                "tried",
                events.of(key).stream()
                        .filter(event -> !event.what().equals(QUOTE_MADE))
                        .map(event -> tried(event, account.client().timeZone(), words))
                        .toList());
        return content;
    }

    /** For change-by-hand, look-for-proof and take-back-by-hand: what the firm changes at the platform itself, and what may show it. */
    Map<String, Object> changeByHand(BookingKey booking, Language language) {
        CaseFile file = files.read(booking.takeover());
        Order order = changes.find(booking).orElseThrow().order();
        ZoneId zone = order.zone();
        InWords words = new InWords(language);
        Map<String, Object> content = caseOf(file.key(), file.account());
        content.put("way", file.state().way().name());
        content.put("product", message("account.product." + order.product(), language));
        content.put("newPayer", message("form.changeByHand.payer." + order.newPayer(), language));
        content.put("billingDate", words.date(order.effective()));
        content.put("until", words.dateTime(byHand.until(booking), zone));
        content.put("billPage", "/cases/" + file.key() + "/bill");
        content.put(
                "bills",
                bills.of(booking).stream()
                        .map(bill -> Map.of("name", bill.name(), "sentIn", words.dateTime(bill.sentIn(), zone)))
                        .toList());
        return content;
    }

    /** For compare-first-bills: what was agreed, what each party was billed since, and what differs. */
    Map<String, Object> firstBills(BookingKey booking, Language language) {
        CaseFile file = files.read(booking.takeover());
        FirstBills bills = firstBills.find(booking).orElseThrow();
        Order order = bills.booking().order();
        BillsCompared compared = bills.compared().orElseThrow();
        InWords words = new InWords(language);
        Map<String, Object> content = caseOf(file.key(), file.account());
        content.put("product", message("account.product." + order.product(), language));
        content.put("newPayer", message("form.changeByHand.payer." + order.newPayer(), language));
        content.put("billingDate", words.date(order.effective()));
        content.put(
                "differences",
                Stream.concat(
                                compared.differences().stream()
                                        .sorted()
                                        .map(difference -> message("form.bills.differs." + difference, language)),
                                compared.toRefund().stream()
                                        .map(refund -> message(
                                                "form.bills.toRefund." + refund.to(),
                                                language,
                                                words.money(refund.amount()))))
                        .map(sentence -> "- " + sentence)
                        .collect(Collectors.joining("\n")));
        content.put(
                "agreed",
                file.quote().stream()
                        .flatMap(quote -> quote.after().stream())
                        .filter(charge -> charge.product() == order.product())
                        .map(charge -> message(
                                "form.bills.agreed",
                                language,
                                message("quote.basis." + charge.basis(), language),
                                words.money(charge.net()),
                                words.money(charge.total())))
                        .findFirst()
                        .orElse(""));
        content.put("firmBills", billed(compared, Payer.FIRM, words));
        content.put("clientBills", billed(compared, Payer.CLIENT, words));
        return content;
    }

    private List<Map<String, String>> billed(BillsCompared compared, Payer payer, InWords words) {
        return compared.bills().stream()
                .filter(bill -> bill.party().payer() == payer)
                .flatMap(bill -> bill.lines().stream().map(line -> billed(bill, line, words)))
                .toList();
    }

    private Map<String, String> billed(Bill bill, Bill.Line line, InWords words) {
        Charge charge = line.charge();
        return Map.of(
                "bill", message("form.bills.bill", words.language(), bill.number(), words.date(bill.day())),
                "days",
                        message(
                                line.isCredit() ? "form.bills.givenBack" : "form.bills.days",
                                words.language(),
                                words.date(line.from()),
                                words.date(line.until().minusDays(1))),
                "basis", message("quote.basis." + charge.basis(), words.language()),
                "net", words.money(charge.net()),
                "taxes", words.money(charge.total().minus(charge.net())),
                "total", words.money(charge.total()));
    }

    /** For set-integration and see-to-integration: what is to be turned off or on at the platform, and since when it should be. */
    Map<String, Object> integrationByHand(IntegrationKey key, Language language) {
        IntegrationOrder order = orders.find(key).orElseThrow();
        Map<String, Object> content =
                caseOf(order.about(), accounts.account(order.client().client()));
        content.put("status", order.order().status().name());
        content.put("asOf", new InWords(language).date(order.order().asOf()));
        return content;
    }

    /** For resolve-refused-step: what was asked of the case, by whom, why not, and where the case stands. */
    Map<String, Object> refusedStep(TakeoverKey key, String step, String refusal, String askedBy, Language language) {
        CaseFile file = files.read(key);
        Map<String, Object> content = caseOf(key, file.account());
        content.put("reason", message("refusedStep." + refusal, language));
        content.put(
                "facts",
                List.of(
                        fact("form.refusedStep.step", step, language),
                        fact(
                                "form.refusedStep.askedBy",
                                messages.getMessage(
                                        "actor." + askedBy,
                                        null,
                                        names.of(List.of(askedBy)).getOrDefault(askedBy, askedBy),
                                        language.locale()),
                                language),
                        fact(
                                "form.refusedStep.stage",
                                message(
                                        "form.refusedStep.state."
                                                + file.state().getClass().getSimpleName(),
                                        language),
                                language)));
        return content;
    }

    /** For resolve-undeliverable-mail: which mail could not reach whom, and why. */
    Map<String, Object> mail(SentMail mail, Language language) {
        InWords words = new InWords(language);
        Map<String, Object> content;
        ZoneId zone;
        if (mail.about() instanceof FirmKey key) {
            Firm firm = accounts.firm(key.firm());
            content = caseOf(key, message("form.mail.firmItself", language), firm);
            zone = firm.timeZone();
        } else {
            Account account = mail.about() instanceof TakeoverKey key
                    ? files.read(key).account()
                    : accounts.account(((ClientKey) mail.about()).client());
            content = caseOf(mail.about(), account);
            zone = account.client().timeZone();
        }
        String about = message("mail." + mail.kind(), language);
        content.put("subject", Optional.ofNullable(mail.subject()).orElse(about));
        content.put(
                "facts",
                List.of(
                        fact("form.mail.to", message("party." + mail.party(), language), language),
                        fact("form.mail.address", mail.recipient(), language),
                        fact("form.mail.about", about, language),
                        fact("form.mail.why", message("form.mail.why." + mail.state(), language), language),
                        fact("form.mail.posted", words.dateTime(mail.postedAt(), zone), language)));
        return content;
    }

    private static Map<String, Object> caseOf(Subject about, Account account) {
        return caseOf(about, account.client().name(), account.firm());
    }

    private static Map<String, Object> caseOf(Subject about, String client, Firm firm) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("takeover", about.text());
        content.put("client", client);
        content.put("firm", firm.name());
        return content;
    }

    private static void putPreview(Map<String, Object> content, Optional<String> preview) {
        content.put("hasPreview", preview.isEmpty() ? "no" : "yes");
        content.put("preview", preview.orElse(""));
    }

    private static void putSheet(Map<String, Object> content, Quote quote, Language language, ZoneId zone) {
        QuoteSheet sheet = QuoteSheet.of(quote, language, zone);
        content.put("number", sheet.number());
        content.put("product", sheet.product());
        content.put("firmSummary", sheet.firm().summary());
        content.put("firmLines", sheet.firm().lines());
        content.put("clientSummary", sheet.client().summary());
        content.put("clientLines", sheet.client().lines());
        content.put("price", sheet.price());
        content.put("note", sheet.note());
        content.put("priceListVersion", sheet.priceList());
        content.put("validUntil", sheet.validUntil());
    }

    /** Empty where no stop is to come or has been: a date that has passed without one no longer holds. */
    private String stands(Account account) {
        Integration integration = account.client().integration();
        LocalDate today = LocalDate.ofInstant(clock.instant(), account.client().timeZone());
        boolean isPast = integration.status() == IntegrationStatus.ACTIVE
                && (integration.stopDate() == null || integration.stopDate().isBefore(today));
        return isPast ? "" : integration.status().name();
    }

    /** What rose since the review before this one, from what to what; empty where nothing did. */
    private String rise(CaseFile file, Quote quote, InWords words) {
        Optional<Quote> before = file.quotes().stream()
                .map(Quotes.Kept::quote)
                .takeWhile(each -> !each.number().equals(quote.number()))
                .filter(each -> each.moving() == quote.moving()
                        && each.after(Payer.FIRM)
                                .currency()
                                .equals(quote.after(Payer.FIRM).currency()))
                .reduce((earlier, later) -> later);
        return before.stream()
                .flatMap(earlier -> Stream.of(Payer.FIRM, Payer.CLIENT)
                        .filter(payer -> quote.after(payer).isMoreThan(earlier.after(payer)))
                        .map(payer -> message(
                                "form.quote.rise." + payer,
                                words.language(),
                                words.money(earlier.after(payer)),
                                words.money(quote.after(payer)))))
                .collect(Collectors.joining(" "));
    }

    /** In the client's own language, whatever the form's. */
    private String readToTheClient(CaseFile file, ConsentRequest request, Quote quote) {
        InWords words = new InWords(request.language());
        String expected = firstBill
                .inWords(file, request.way(), Payer.CLIENT, request.language())
                .map(sheet -> String.join(" ", sheet.sentences()) + " ")
                .orElse("");
        return message(
                request.way() == Way.FIRM_TAKES_TIME
                        ? "form.question.firmTakesTime"
                        : "form.question.clientTakesOnline",
                request.language(),
                file.account().firm().name(),
                words.money(quote.after(Payer.CLIENT)),
                words.money(quote.before(Payer.CLIENT)),
                expected);
    }

    private Map<String, Object> tried(CaseEvent event, ZoneId zone, InWords words) {
        Language language = words.language();
        String detail = switch (event.what()) {
            case "CHECK_FAILED", "SWITCH_REJECTED", "REFUSAL_FORESEEN" ->
                obstacle(String.valueOf(event.detail()), language);
            default -> "";
        };
        return Map.of(
                "at",
                words.dateTime(event.at(), zone),
                "what",
                message("event." + event.what(), language),
                "detail",
                detail);
    }

    private Map<String, Object> fact(String what, String value, Language language) {
        return Map.of("what", message(what, language), "value", value);
    }

    private static String date(@Nullable LocalDate date, InWords words) {
        return date == null ? "" : words.date(date);
    }

    /** An owner's new row has a sentence of its own as a reason; that is said where no other words are kept for it. */
    private String obstacle(String code, Language language) {
        return messageOr("problem." + code, "ineligible." + code, language);
    }

    private String messageOr(String code, String otherwise, Language language) {
        String words = messages.getMessage(code, null, null, language.locale());
        return words == null ? message(otherwise, language) : words;
    }

    private String message(String code, Language language, Object... arguments) {
        return messages.getMessage(code, arguments, language.locale());
    }
}
