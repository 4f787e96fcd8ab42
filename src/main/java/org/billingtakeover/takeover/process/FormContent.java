package org.billingtakeover.takeover.process;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.notification.Mails.SentMail;
import org.billingtakeover.pricing.Quote;
import org.billingtakeover.pricing.QuoteSheet;
import org.billingtakeover.takeover.CaseEvents;
import org.billingtakeover.takeover.CaseEvents.CaseEvent;
import org.billingtakeover.takeover.CaseEvents.What;
import org.billingtakeover.takeover.ConsentRequest;
import org.billingtakeover.takeover.ConsentRequests;
import org.billingtakeover.takeover.Quotes;
import org.billingtakeover.takeover.StopIntegration;
import org.billingtakeover.takeover.Takeover;
import org.billingtakeover.takeover.Takeovers;
import org.billingtakeover.takeover.Way;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What each form shows, worded in one language; the forms in {@code forms/} name these values. */
@Component
class FormContent {

    private final Accounts accounts;
    private final Takeovers takeovers;
    private final Quotes quotes;
    private final ConsentRequests requests;
    private final CaseEvents events;
    private final StopIntegration stopIntegration;
    private final MessageSource messages;

    FormContent(
            Accounts accounts,
            Takeovers takeovers,
            Quotes quotes,
            ConsentRequests requests,
            CaseEvents events,
            StopIntegration stopIntegration,
            MessageSource messages) {
        this.accounts = accounts;
        this.takeovers = takeovers;
        this.quotes = quotes;
        this.requests = requests;
        this.events = events;
        this.stopIntegration = stopIntegration;
        this.messages = messages;
    }

    /** For review-new-cost: the quote and what hangs on the decision. */
    Map<String, Object> quote(String key, Language language) {
        Takeover takeover = takeovers.takeover(key);
        Account account = accounts.account(takeover.clientId());
        Quote quote = quotes.find(String.valueOf(takeover.quoteNumber())).orElseThrow();
        InWords words = new InWords(language);
        Map<String, Object> content = caseOf(key, account);
        content.put("plan", account.time().plan());
        content.put("users", account.time().users());
        content.put("integration", account.client().integration().status().name());
        content.put("stopDate", date(account.client().integration().stopDate(), words));
        content.put("difference", words.difference(quote.difference(Payer.FIRM)));
        putSheet(content, quote, language, account.client().timeZone());
        return content;
    }

    /** For record-client-answer: the question as it was put to the client. */
    Map<String, Object> question(String key, Language language) {
        Account account = accounts.account(takeovers.takeover(key).clientId());
        ConsentRequest request = requests.openOf(key).orElseThrow();
        Quote quote = quotes.find(request.quoteNumber()).orElseThrow();
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
        content.put("text", readToTheClient(request, account, quote));
        putSheet(content, quote, language, zone);
        return content;
    }

    /** For resolve-problem: why the payer did not change, and what was tried. */
    Map<String, Object> problem(String key, Language language) {
        Takeover takeover = takeovers.takeover(key);
        Account account = accounts.account(takeover.clientId());
        InWords words = new InWords(language);
        List<CaseEvent> happened = events.of(key);
        String reason = happened.stream()
                .filter(event -> event.what() == What.CHECK_FAILED || event.what() == What.SWITCH_REJECTED)
                .reduce((earlier, later) -> later)
                .map(CaseEvent::detail)
                .orElseThrow();
        Map<String, Object> content = caseOf(key, account);
        content.put("way", takeover.way().name());
        content.put("billingDate", date(takeover.billingDate(), words));
        content.put("reason", message("problem." + reason, language));
        content.put("mend", message("problem." + reason + ".mend", language));
        content.put(
                "tried",
                happened.stream()
                        .filter(event -> event.what() != What.QUOTE_MADE)
                        .map(event -> tried(event, account.client().timeZone(), words))
                        .toList());
        return content;
    }

    /** For resolve-undeliverable-mail: which mail could not reach whom. */
    Map<String, Object> mail(SentMail mail, Language language) {
        Account account = accounts.account(stopIntegration.clientId(mail.takeoverKey()));
        InWords words = new InWords(language);
        Map<String, Object> content = caseOf(mail.takeoverKey(), account);
        String about = message("mail." + mail.kind(), language);
        content.put("subject", Optional.ofNullable(mail.subject()).orElse(about));
        content.put(
                "facts",
                List.of(
                        fact("form.mail.to", message("party." + mail.party(), language), language),
                        fact("form.mail.address", mail.recipient(), language),
                        fact("form.mail.about", about, language),
                        fact(
                                "form.mail.posted",
                                words.dateTime(mail.postedAt(), account.client().timeZone()),
                                language)));
        return content;
    }

    private static Map<String, Object> caseOf(String key, Account account) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("takeover", key);
        content.put("client", account.client().name());
        content.put("firm", account.firm().name());
        return content;
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
        content.put("priceListVersion", sheet.priceListVersion());
        content.put("validUntil", sheet.validUntil());
    }

    /** In the client's own language, whatever the form's. */
    private String readToTheClient(ConsentRequest request, Account account, Quote quote) {
        InWords words = new InWords(request.language());
        return message(
                request.way() == Way.FIRM_TAKES_TIME
                        ? "form.question.firmTakesTime"
                        : "form.question.clientTakesOnline",
                request.language(),
                account.firm().name(),
                words.money(quote.after(Payer.CLIENT)),
                words.money(quote.before(Payer.CLIENT)));
    }

    private Map<String, Object> tried(CaseEvent event, ZoneId zone, InWords words) {
        Language language = words.language();
        String detail = switch (event.what()) {
            case CHECK_FAILED, SWITCH_REJECTED -> message("problem." + event.detail(), language);
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

    private String message(String code, Language language, Object... arguments) {
        return messages.getMessage(code, arguments, language.locale());
    }
}
