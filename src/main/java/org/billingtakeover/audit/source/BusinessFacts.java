package org.billingtakeover.audit.source;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.billingtakeover.billing.BillsCompared;
import org.billingtakeover.commission.CommissionPayout;
import org.billingtakeover.commission.Quarters;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.Subject;
import org.billingtakeover.lists.AccountListImport;
import org.billingtakeover.lists.ImportResult;
import org.billingtakeover.notification.Letter;
import org.billingtakeover.notification.Mails.MailRedirected;
import org.billingtakeover.notification.Mails.MailSent;
import org.billingtakeover.pricing.Quote;
import org.billingtakeover.tables.TableAnswered;
import org.billingtakeover.takeover.BillingChange;
import org.billingtakeover.takeover.ChooseMails;
import org.billingtakeover.takeover.ConsentRequest;
import org.billingtakeover.takeover.FormSent;
import org.billingtakeover.takeover.FormShown;
import org.billingtakeover.takeover.Happening;
import org.billingtakeover.takeover.Happening.Happened;
import org.billingtakeover.takeover.SettleDispute;
import org.billingtakeover.takeover.SettleDoubts;
import org.billingtakeover.trail.Fact;
import org.billingtakeover.trail.Personal;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** What the business says of itself: events of cases, quotes, consent, mails, payers and payouts. */
@Component
class BusinessFacts {

    /** Of entries about cases: since the second, one entry says what two said before. */
    private static final int FORM = 2;

    private final Recorder recorder;

    BusinessFacts(Recorder recorder) {
        this.recorder = recorder;
    }

    @EventListener
    void on(Happened happened) {
        recorder.record(new Fact(
                happened.takeover().text(), happened.actor(), happened.what().code(), content(happened.what())));
    }

    @EventListener
    void on(FormShown form) {
        recorder.record(new Fact(
                form.about().text(),
                form.actor(),
                "FORM_SHOWN",
                Map.of("step", form.task(), "language", form.language())));
    }

    /** The engine tells of the completion, which is the entry that says what was sent. */
    @EventListener
    void on(FormSent form) {
        Map<String, Object> fields = new HashMap<>(form.choices());
        form.words().forEach((name, said) -> fields.put(name, new Personal(said)));
        recorder.sent(form.task(), fields);
    }

    private static Map<String, ?> content(Happening what) {
        Map<String, Object> content = new HashMap<>();
        content.put("form", FORM);
        if (what instanceof Happening.QuoteMade made) {
            content.put("quote", quote(made.quote()));
        } else if (what instanceof Happening.QuoteLowered lowered) {
            content.put("quote", quote(lowered.quote()));
            content.put("follows", lowered.follows().text());
        } else if (what instanceof Happening.QuestionKept kept) {
            content.put("request", question(kept.request()));
        } else if (what instanceof Happening.Switched switched) {
            Map<String, Object> change = new HashMap<>(change(switched.change()));
            change.put("booking", switched.booking().text());
            content.put("change", change);
        } else if (what instanceof Happening.ChangeBooked booked) {
            content.put("booking", booked.booking().text());
            content.put("billingDate", booked.billingDate());
            content.put("cutOff", booked.cutOff());
        } else if (what instanceof Happening.FirmToChangeByHand asked) {
            content.put("booking", asked.booking().text());
            content.put("billingDate", asked.billingDate());
            content.put("until", asked.until());
        } else if (what instanceof Happening.BillSentIn bill) {
            content.put("booking", bill.booking().text());
            content.put("sha256", bill.sha256());
        } else if (what instanceof Happening.ChangeProved proved) {
            content.put("booking", proved.booking().text());
            content.put("proof", proved.proof().kind());
            content.put("provedOn", proved.proof().on());
        } else if (what instanceof Happening.FirstBillsCompared bills) {
            content.put("booking", bills.booking().text());
            content.put("finding", bills.finding());
            content.put(
                    "differences",
                    bills.compared().differences().stream().sorted().toList());
            content.put(
                    "bills",
                    bills.compared().bills().stream()
                            .map(bill -> bill.number().text())
                            .toList());
            content.put("toRefund", refunds(bills.compared().toRefund()));
            content.put("refunded", refunds(bills.compared().refunded()));
        } else if (what instanceof Happening.CommissionPaid paid) {
            content.put("payout", payout(paid.payout()));
        } else if (what instanceof Happening.StepRefused refused) {
            content.put("step", refused.step());
            content.put("reason", refused.reason());
        } else {
            if (what instanceof Happening.OfIntegration integration) {
                content.put("order", integration.order().text());
            }
            what.detail().ifPresent(detail -> content.put("detail", detail));
        }
        return content;
    }

    private static Map<String, Object> quote(Quote quote) {
        Map<String, Object> content = new HashMap<>();
        content.put("number", quote.number().text());
        content.put("moving", quote.moving());
        content.put("newPayer", quote.newPayer());
        content.put("before", quote.before());
        content.put("after", quote.after());
        content.put("movingAtListPrice", quote.movingAtListPrice());
        content.put("priceListVersion", quote.priceListVersion());
        content.put("madeAt", quote.madeAt());
        content.put("validUntil", quote.validUntil());
        return content;
    }

    private static Map<String, Object> question(ConsentRequest request) {
        Map<String, Object> content = new HashMap<>();
        content.put("request", request.id());
        content.put("status", request.status());
        content.put("way", request.way());
        content.put("quoteNumber", request.quote().text());
        content.put("language", request.language());
        content.put("lastDay", request.lastDay());
        content.put("name", new Personal(request.name()));
        content.put("email", new Personal(request.email()));
        if (request.answer() != null) {
            content.put("answer", evidence(request.answer()));
        }
        return content;
    }

    private static Map<String, Object> change(BillingChange change) {
        return Map.of(
                "takeoverKey", change.takeover().text(),
                "way", change.way(),
                "subscriptionId", change.subscription(),
                "quoteNumber", change.quote().text(),
                "from", change.from(),
                "to", change.to(),
                "billingDate", change.billingDate(),
                "switchedAt", change.switchedAt());
    }

    private static List<Map<String, Object>> refunds(List<BillsCompared.Refund> refunds) {
        return refunds.stream()
                .map(refund -> Map.<String, Object>of("to", refund.to(), "amount", refund.amount()))
                .toList();
    }

    private static Map<String, Object> payout(CommissionPayout payout) {
        return Map.of(
                "firmId", payout.firmId().text(),
                "takeoverKey", payout.occasion().text(),
                "amount", payout.amount(),
                "paidAt", payout.paidAt());
    }

    @EventListener
    void on(Quarters.Settled settled) {
        recorder.record(new Fact(
                Fact.PRODUCT,
                Actors.SYSTEM,
                settled.payout() == null ? "QUARTER_CARRIED_OVER" : "QUARTER_PAID",
                Map.of(
                        "firm", settled.firmId().text(),
                        "quarter", settled.quarter().text(),
                        "balance", settled.balance(),
                        "threshold", settled.threshold())));
    }

    @EventListener
    void on(MailSent sent) {
        Letter letter = sent.letter();
        bySystem(
                letter.about(),
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
                redirected.about(),
                "MAIL_REDIRECTED",
                Map.of("mail", redirected.mailId(), "email", new Personal(redirected.email())));
    }

    @EventListener
    void on(AccountListImport.Begun begun) {
        recorder.record(new Fact(
                Fact.PRODUCT,
                begun.actor(),
                "IMPORT_BEGUN",
                Map.of("firm", begun.firmId().text())));
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
                        "firm", ended.firmId().text(),
                        "added", result.added(),
                        "changed", result.changed(),
                        "unchanged", result.unchanged(),
                        "leftOut", result.linesLeftOut(),
                        "bad", result.badLines())));
    }

    @EventListener
    void on(AccountListImport.BrokenOff brokenOff) {
        recorder.record(new Fact(
                Fact.PRODUCT,
                brokenOff.actor(),
                "IMPORT_BROKEN_OFF",
                Map.of("firm", brokenOff.firmId().text())));
    }

    @EventListener
    void on(SettleDispute.Settled settled) {
        recorder.record(new Fact(
                Fact.PRODUCT,
                settled.actor(),
                "DISPUTE_SETTLED",
                Map.of(
                        "company",
                        settled.companyId().text(),
                        "firm",
                        settled.firmId().text())));
    }

    @EventListener
    void on(SettleDoubts.Settled settled) {
        recorder.record(new Fact(
                Fact.PRODUCT,
                settled.actor(),
                "DOUBT_SETTLED",
                Map.of(
                        "company", settled.companyId().text(),
                        "firm", settled.firmId().text(),
                        "doubt", settled.doubt(),
                        "answer", settled.answer())));
    }

    @EventListener
    void on(ChooseMails.Chosen chosen) {
        recorder.record(new Fact(
                Fact.PRODUCT,
                chosen.actor(),
                "MAILS_CHOSEN",
                Map.of("firm", chosen.firmId().text(), "daily", chosen.daily())));
    }

    @EventListener
    void on(TableAnswered answered) {
        recorder.answered(
                new Recorder.Answered(answered.table(), answered.version(), answered.inputs(), answered.rows()));
    }

    private void bySystem(Subject about, String what, Map<String, ?> content) {
        recorder.record(new Fact(about.text(), Actors.SYSTEM, what, content));
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
