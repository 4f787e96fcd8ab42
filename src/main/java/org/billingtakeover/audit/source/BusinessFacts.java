package org.billingtakeover.audit.source;

import java.util.HashMap;
import java.util.Map;
import org.billingtakeover.commission.Commissions.CommissionPayout;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.lists.AccountListImport;
import org.billingtakeover.lists.ImportResult;
import org.billingtakeover.notification.Letter;
import org.billingtakeover.notification.Mails.MailRedirected;
import org.billingtakeover.notification.Mails.MailSent;
import org.billingtakeover.tables.TableAnswered;
import org.billingtakeover.takeover.BillingChange;
import org.billingtakeover.takeover.CaseEvents;
import org.billingtakeover.takeover.ConsentRequest;
import org.billingtakeover.takeover.ConsentRequests.RequestKept;
import org.billingtakeover.takeover.FormMade;
import org.billingtakeover.takeover.Quotes.QuoteKept;
import org.billingtakeover.takeover.SettleDispute;
import org.billingtakeover.trail.Fact;
import org.billingtakeover.trail.Personal;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What the business says of itself: events of cases, quotes, consent, mails, payers and payouts. */
@Component
class BusinessFacts {

    private final Recorder recorder;

    BusinessFacts(Recorder recorder) {
        this.recorder = recorder;
    }

    @EventListener
    void on(CaseEvents.Happened happened) {
        CaseEvents.CaseEvent event = happened.event();
        recorder.record(new Fact(
                happened.takeoverKey(),
                event.actor(),
                event.what().name(),
                event.detail() == null ? Map.of() : Map.of("detail", event.detail())));
    }

    @EventListener
    void on(FormMade form) {
        bySystem(form.takeoverKey(), "FORM_MADE", Map.of("step", form.task(), "language", form.language()));
    }

    @EventListener
    void on(QuoteKept kept) {
        bySystem(kept.takeoverKey(), "QUOTE_KEPT", Map.of("quote", kept.quote()));
    }

    @EventListener
    void on(RequestKept kept) {
        ConsentRequest request = kept.request();
        Map<String, Object> content = new HashMap<>();
        content.put("request", request.id());
        content.put("status", request.status());
        content.put("way", request.way());
        content.put("quoteNumber", request.quoteNumber());
        content.put("language", request.language());
        content.put("lastDay", request.lastDay());
        content.put("name", new Personal(request.name()));
        content.put("email", new Personal(request.email()));
        String actor = Actors.SYSTEM;
        ConsentRequest.Answer answer = request.answer();
        if (answer != null) {
            content.put("answer", evidence(answer));
            actor = answer.recordedBy() == null ? Actors.CLIENT : answer.recordedBy();
        }
        recorder.record(new Fact(
                request.takeoverKey(),
                actor,
                answer == null ? "CONSENT_REQUEST_KEPT" : "CONSENT_ANSWER_KEPT",
                content));
    }

    @EventListener
    void on(MailSent sent) {
        Letter letter = sent.letter();
        bySystem(
                letter.takeoverKey(),
                "MAIL_SENT",
                Map.of(
                        "mail", sent.mailId(),
                        "kind", letter.kind(),
                        "party", letter.party(),
                        "name", new Personal(letter.name()),
                        "email", new Personal(letter.email()),
                        "language", letter.language(),
                        "frenchFirst", letter.frenchFirst(),
                        "subject", new Personal(sent.subject()),
                        "textDigest", sent.textDigest()));
    }

    @EventListener
    void on(MailRedirected redirected) {
        bySystem(
                redirected.takeoverKey(),
                "MAIL_REDIRECTED",
                Map.of("mail", redirected.mailId(), "email", new Personal(redirected.email())));
    }

    @EventListener
    void on(BillingChange change) {
        bySystem(change.takeoverKey(), "PAYER_CHANGED", Map.of("change", change));
    }

    @EventListener
    void on(CommissionPayout payout) {
        bySystem(payout.takeoverKey(), "PAYOUT_MADE", Map.of("payout", payout));
    }

    @EventListener
    void on(AccountListImport.Begun begun) {
        recorder.record(new Fact(Fact.PRODUCT, begun.actor(), "IMPORT_BEGUN", Map.of("firm", begun.firmId())));
    }

    /** Bad lines quote what they say of people, so only their number is told. */
    @EventListener
    void on(AccountListImport.Ended ended) {
        ImportResult result = ended.result();
        recorder.record(new Fact(
                Fact.PRODUCT,
                ended.actor(),
                "IMPORT_ENDED",
                Map.of(
                        "firm", ended.firmId(),
                        "added", result.added(),
                        "changed", result.changed(),
                        "unchanged", result.unchanged(),
                        "leftOut", result.linesLeftOut(),
                        "bad", result.badLines())));
    }

    @EventListener
    void on(SettleDispute.Settled settled) {
        recorder.record(new Fact(
                Fact.PRODUCT,
                settled.actor(),
                "DISPUTE_SETTLED",
                Map.of("company", settled.companyId(), "firm", settled.firmId())));
    }

    @EventListener
    void on(TableAnswered answered) {
        recorder.answered(
                new Recorder.Answered(answered.table(), answered.version(), answered.inputs(), answered.rows()));
    }

    private void bySystem(String about, String what, Map<String, ?> content) {
        recorder.record(new Fact(about, Actors.SYSTEM, what, content));
    }

    private static Map<String, @Nullable Object> evidence(ConsentRequest.Answer answer) {
        Map<String, @Nullable Object> evidence = new HashMap<>();
        evidence.put("confirmed", answer.confirmed());
        evidence.put("channel", answer.channel());
        evidence.put("recordedBy", answer.recordedBy());
        evidence.put("shownIn", answer.shownIn());
        evidence.put("at", answer.at());
        evidence.put("name", new Personal(answer.name()));
        evidence.put("role", new Personal(answer.role()));
        evidence.put("from", new Personal(answer.from()));
        evidence.put("message", answer.message() == null ? null : new Personal(answer.message()));
        return evidence;
    }
}
