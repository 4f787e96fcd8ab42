package org.billingtakeover.takeover;

import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.account.PrimaryAdmin;
import org.billingtakeover.account.PrimaryAdmins;
import org.billingtakeover.billing.BillingPlatform.Mender;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.BillsCompared;
import org.billingtakeover.billing.FirstBill;
import org.billingtakeover.billing.FirstBills;
import org.billingtakeover.kernel.ClientKey;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Subject;
import org.billingtakeover.notification.Letter;
import org.billingtakeover.notification.MailKind;
import org.billingtakeover.pricing.Quote;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes to firm and client; the words are in the templates of {@code notification}. */
@Component
class TellParties {

    private final PrimaryAdmins admins;
    private final Postbox postbox;
    private final CalendarOfDeadlines calendar;
    private final Warnings warnings;
    private final ExpectFirstBill firstBill;

    TellParties(
            PrimaryAdmins admins,
            Postbox postbox,
            CalendarOfDeadlines calendar,
            ExpectFirstBill firstBill,
            Warnings warnings) {
        this.firstBill = firstBill;
        this.warnings = warnings;
        this.admins = admins;
        this.postbox = postbox;
        this.calendar = calendar;
    }

    /** A client that was never asked knows nothing of the case, so nothing is said to it. */
    void both(CaseFile file, MailKind kind) {
        both(file, kind, factsOfCase(file));
    }

    private void both(CaseFile file, MailKind kind, Map<String, Object> facts) {
        toFirm(kind, file.key(), file.account().firm(), facts);
        clientIfAsked(file, kind, facts);
    }

    private void clientIfAsked(CaseFile file, MailKind kind, Map<String, Object> facts) {
        if (!file.questions().isEmpty()) {
            ConsentRequest last = file.questions().get(file.questions().size() - 1);
            PrimaryAdmin admin = admins.toAsk(file.account());
            if (!last.isTo(admin.email())) {
                facts.put("somebodyElseAnswered", true);
            }
            toClient(kind, file.key(), file.account().client(), admin, facts);
        }
    }

    /** Where the client is held by a doubt, nothing is written to it. */
    void firm(CaseFile file, MailKind kind) {
        toFirm(kind, file.key(), file.account().firm(), factsOfCase(file));
    }

    /** @param by who took it back */
    void withdrawn(CaseFile file, Happening.Withdrawn.By by) {
        Map<String, Object> facts = factsOfCase(file);
        facts.put("withdrawnBy", by.name());
        both(file, MailKind.WITHDRAWN, facts);
    }

    /**
     * An agreed change is made no more.
     *
     * @param problem the code of what stood in the way
     */
    void cancelled(CaseFile file, String problem) {
        Map<String, Object> facts = factsOfCase(file);
        facts.put("withdrawnBy", Happening.Withdrawn.By.BILLING_OPERATIONS.name());
        putProblem(facts, problem);
        both(file, MailKind.WITHDRAWN, facts);
    }

    /** Both learn the date; whoever agreed gets a copy of what they agreed to, and nobody else does. */
    void scheduled(CaseFile file) {
        Map<String, Object> facts = factsOfCase(file);
        toFirm(MailKind.SCHEDULED, file.key(), file.account().firm(), facts);
        agreedTo(file).ifPresent(question -> putAgreement(facts, file, question));
        clientIfAsked(file, MailKind.SCHEDULED, facts);
    }

    private Optional<ConsentRequest> agreedTo(CaseFile file) {
        return file.questions().stream()
                .filter(question -> question.status() == ConsentRequest.Status.CONFIRMED)
                .filter(question -> question.isTo(admins.toAsk(file.account()).email()))
                .reduce((earlier, later) -> later);
    }

    private static void putAgreement(Map<String, Object> facts, CaseFile file, ConsentRequest question) {
        ConsentRequest.Answer answer = Objects.requireNonNull(question.answer());
        ZonedDateTime at = answer.at().atZone(file.account().client().timeZone());
        facts.put("agreedQuote", question.quote().text());
        facts.put("agreedBy", answer.name());
        facts.put("agreedAs", answer.role());
        facts.put("agreedOn", at.toLocalDate());
        facts.put("agreedAt", at.toLocalTime());
        facts.put("agreedByPhone", answer.channel() == ConsentRequest.Channel.PHONE);
    }

    /** @param problem the code of what stands in the way; the firm may be the only one who can mend it */
    void problem(CaseFile file, String problem) {
        Map<String, Object> facts = factsOfCase(file);
        putProblem(facts, problem);
        toFirm(MailKind.PROBLEM, file.key(), file.account().firm(), facts);
    }

    /** The firm is to change the payer itself. */
    void toChangeByHand(CaseFile file) {
        toFirm(MailKind.CHANGE_BY_HAND, file.key(), file.account().firm(), factsOfCase(file));
    }

    /**
     * The firm is to show that the payer has changed.
     *
     * @param lastDay by which it is shown, local date of the client
     * @param billShowsNothing whether a bill was sent in that does not show it
     */
    void toProveByHand(CaseFile file, LocalDate lastDay, boolean billShowsNothing) {
        Map<String, Object> facts = factsOfCase(file);
        facts.put("lastDay", lastDay);
        facts.put("billShowsNothing", billShowsNothing);
        toFirm(MailKind.PROVE_CHANGE, file.key(), file.account().firm(), facts);
    }

    /**
     * The firm is warned, and the client where it alone can mend it.
     *
     * @param problem the code of what would stand in the way on the billing date
     */
    void changeAtRisk(CaseFile file, String problem) {
        Map<String, Object> facts = factsOfCase(file);
        putProblem(facts, problem);
        toFirm(MailKind.CHANGE_AT_RISK, file.key(), file.account().firm(), facts);
        if (Rejection.menderOf(problem).filter(Mender.CLIENT::equals).isPresent()) {
            clientIfAsked(file, MailKind.CHANGE_AT_RISK, facts);
        }
    }

    /** @param lastDay on which something can still be done */
    void firmBefore(CaseFile file, MailKind kind, LocalDate lastDay) {
        Map<String, Object> facts = factsOfCase(file);
        facts.put("lastDay", lastDay);
        toFirm(kind, file.key(), file.account().firm(), facts);
    }

    /**
     * A change was not made on its billing date: who pays goes on paying for that date. A firm that hears of a problem hears it there.
     *
     * @param problem the code of what stood in the way
     * @param following the billing date for which it is made at the earliest once that day is over
     */
    void notChanged(CaseFile file, String problem, LocalDate following) {
        Map<String, Object> facts = factsOfCase(file);
        putProblem(facts, problem);
        facts.put("followingBillingDate", following);
        LocalDate date = file.state().billingDate().orElseThrow();
        boolean stillInTime = calendar.today(file.account().client()).isBefore(date);
        facts.put("stillInTime", stillInTime);
        if (!stillInTime) {
            warnings.said(file.key(), Warnings.Kind.DATE_PASSED, date);
        }
        if (!(file.state() instanceof State.InTrouble)) {
            toFirm(MailKind.NOT_CHANGED, file.key(), file.account().firm(), facts);
        }
        clientIfAsked(file, MailKind.NOT_CHANGED, facts);
    }

    /** @param missed the billing date for which the change could not be made, if that is why */
    void dateMoved(CaseFile file, Optional<LocalDate> missed) {
        Map<String, Object> facts = factsOfCase(file);
        missed.ifPresent(date -> facts.put("missed", date));
        both(file, MailKind.DATE_MOVED, facts);
    }

    /** @param reasons why the client cannot agree, or is not asked, by the table in force */
    void notPossible(CaseFile file, List<Ineligibility> reasons) {
        Map<String, Object> facts = factsOfCase(file);
        facts.put("reason", reasons.get(0).reason());
        both(file, MailKind.NOT_POSSIBLE, facts);
    }

    /** A mail about an open question, with its link. */
    void clientAbout(CaseFile file, ConsentRequest question, MailKind kind) {
        Map<String, Object> facts = factsOfQuestion(file, question);
        toWhomIsAsked(kind, file, question, facts, question.id());
    }

    /**
     * The client is asked whether it pays for both.
     *
     * @param firmLeavesSeparate whether the firm has decided to leave the bills separate, which the client is told by the same mail
     */
    void optionTwoOffered(CaseFile file, ConsentRequest question, boolean firmLeavesSeparate) {
        Map<String, Object> facts = factsOfQuestion(file, question);
        facts.put("firmLeavesSeparate", firmLeavesSeparate);
        toWhomIsAsked(MailKind.OPTION_TWO_OFFERED, file, question, facts, question.id());
    }

    /** Somebody who was asked and is asked no more is told that, and nothing else of the case. */
    void questionEnded(CaseFile file, ConsentRequest question) {
        toWhomIsAsked(
                MailKind.QUESTION_ENDED,
                file,
                question,
                Map.of(
                        "firm", file.account().firm().name(),
                        "firmEmail", file.account().firm().email(),
                        "client", file.account().client().name()),
                null);
    }

    private void toWhomIsAsked(
            MailKind kind, CaseFile file, ConsentRequest question, Map<String, Object> facts, @Nullable UUID link) {
        Client client = file.account().client();
        postbox.toClient(
                new Letter(
                        kind,
                        file.key(),
                        Payer.CLIENT,
                        question.name(),
                        question.email(),
                        question.language(),
                        frenchFirst(client),
                        facts,
                        link),
                client.timeZone());
    }

    /** Each party hears how much it was given back itself. */
    void refunded(CaseFile file, FirstBills bills) {
        Map<String, Object> facts = factsOfCase(file);
        facts.put("billingDate", bills.booking().order().effective());
        BillsCompared compared = bills.compared().orElseThrow();
        compared.refunded()
                .forEach(refund ->
                        facts.put(refund.to() == Payer.FIRM ? "refundToFirm" : "refundToClient", refund.amount()));
        both(file, MailKind.REFUNDED, facts);
    }

    void commissionPaid(CaseFile file, Money amount) {
        Map<String, Object> facts = factsOfCase(file);
        facts.put("amount", amount);
        toFirm(MailKind.COMMISSION_PAID, file.key(), file.account().firm(), facts);
    }

    /**
     * @param cost what each way would change a month
     * @param againstFirmsWay why the firm cannot take over at present
     * @param againstClientsWay likewise the client
     */
    void invited(
            ClientKey about,
            Account account,
            Invitations.Cost cost,
            List<Ineligibility> againstFirmsWay,
            List<Ineligibility> againstClientsWay) {
        Map<String, Object> facts = facts(account);
        againstFirmsWay.stream().findFirst().ifPresent(against -> facts.put("againstFirmsWay", against.reason()));
        againstClientsWay.stream().findFirst().ifPresent(against -> facts.put("againstClientsWay", against.reason()));
        putDifferences(facts, "firmTakesTime", cost.firmTakesTime());
        putDifferences(facts, "clientTakesOnline", cost.clientTakesOnline());
        Firm firm = account.firm();
        postbox.nextMorning(
                new Letter(
                        MailKind.INVITED,
                        about,
                        Payer.FIRM,
                        firm.name(),
                        firm.email(),
                        firm.language(),
                        false,
                        facts,
                        null),
                firm.timeZone());
    }

    private static void putDifferences(
            Map<String, Object> facts, String way, Invitations.@Nullable Difference difference) {
        if (difference != null) {
            facts.put(way + "FirmDifference", difference.firm());
            facts.put(way + "ClientDifference", difference.client());
        }
    }

    /**
     * Tells one party on which day the integration stops.
     *
     * @param open the client's case, if it has one that is open
     * @param before the day that it was to stop on until now, if another
     * @return the mail's id
     */
    UUID stopComes(Payer party, Subject about, Account account, Optional<CaseFile> open, @Nullable LocalDate before) {
        Map<String, Object> facts = open.map(file -> factsOfCase(file, account)).orElseGet(() -> facts(account));
        if (before != null && !before.equals(account.client().integration().stopDate())) {
            facts.put("movedFrom", before);
        }
        return party == Payer.FIRM
                ? toFirm(MailKind.STOP_COMES, about, account.firm(), facts)
                : toClient(MailKind.STOP_COMES, about, account, facts);
    }

    /** @param open the client's case, if it has one that is open */
    void integrationStopped(Subject about, Account account, Optional<CaseFile> open) {
        Map<String, Object> facts = open.map(this::factsOfCase).orElseGet(() -> facts(account));
        toFirm(MailKind.INTEGRATION_STOPPED, about, account.firm(), facts);
        toClient(MailKind.INTEGRATION_STOPPED, about, account, facts);
    }

    /**
     * The firm is to turn the integration off or on itself.
     *
     * @param lastDay on which it has time for that, local date of the client
     */
    void toSetIntegration(Subject about, Account account, Optional<CaseFile> file, boolean turnOn, LocalDate lastDay) {
        Map<String, Object> facts = file.map(this::factsOfCase).orElseGet(() -> facts(account));
        facts.put("turnOn", turnOn);
        facts.put("lastDay", lastDay);
        toFirm(MailKind.INTEGRATION_BY_HAND, about, account.firm(), facts);
    }

    /** @param file of the case in which the restart was ordered, if it was in one */
    void integrationRestarted(Subject about, Account account, Optional<CaseFile> file) {
        Map<String, Object> facts = file.map(this::factsOfCase).orElseGet(() -> facts(account));
        toFirm(MailKind.INTEGRATION_RESTARTED, about, account.firm(), facts);
        toClient(MailKind.INTEGRATION_RESTARTED, about, account, facts);
    }

    private Map<String, Object> factsOfCase(CaseFile file) {
        return factsOfCase(file, file.account());
    }

    private Map<String, Object> factsOfCase(CaseFile file, Account account) {
        Map<String, Object> facts = facts(account);
        State state = file.state();
        facts.put("caseKey", file.key().text());
        facts.put("caseOpen", file.takeover().isOpen() && !(state instanceof State.Stopping));
        facts.put("firmTakesTime", state.way() == Way.FIRM_TAKES_TIME);
        facts.put("byHand", account.firm().platform() == PlatformName.BY_HAND);
        state.billingDate().ifPresent(date -> {
            facts.put("billingDate", date);
            firstBill.of(account, state.way(), date).ifPresent(bill -> putFirstBill(facts, bill));
        });
        state.withdrawableUntil().ifPresent(cutOff -> {
            ZonedDateTime until = cutOff.atZone(account.client().timeZone());
            facts.put("cutOffOn", until.toLocalDate());
            facts.put("cutOffAt", until.toLocalTime());
        });
        if (state instanceof State.Closed closed && !closed.reasons().isEmpty()) {
            facts.put("reason", Ineligibility.written(closed.reasons()));
        }
        file.quote().ifPresent(quote -> putCost(facts, quote));
        if (hasMessage(file)) {
            facts.put("leftMessage", true);
        }
        return facts;
    }

    /** Whether whoever answered last had something to say to the firm. What it was, the page of the case says. */
    private static boolean hasMessage(CaseFile file) {
        return file.questions().stream()
                .reduce((earlier, later) -> later)
                .map(ConsentRequest::answer)
                .map(ConsentRequest.Answer::message)
                .isPresent();
    }

    private Map<String, Object> factsOfQuestion(CaseFile file, ConsentRequest question) {
        Map<String, Object> facts = factsOfCase(file);
        facts.put("answerUntil", question.lastDay());
        firstBill.of(file, question.way()).ifPresent(bill -> {
            facts.put("wouldChangeOn", bill.changesOn());
            firstBill.answerBy(file, question.way(), bill.changesOn()).ifPresent(day -> facts.put("agreeBy", day));
            putFirstBill(facts, bill);
        });
        return facts;
    }

    private Map<String, Object> facts(Account account) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("firm", account.firm().name());
        facts.put("firmEmail", account.firm().email());
        facts.put("client", account.client().name());
        facts.put("firmPaysOnline", account.online().payer() == Payer.FIRM);
        facts.put("plan", account.time().plan());
        facts.put("users", account.time().users());
        putStopDate(facts, account.client());
        return facts;
    }

    /** A stop date that has passed while an agreement kept the integration says nothing any more. */
    private void putStopDate(Map<String, Object> facts, Client client) {
        LocalDate stopDate = client.integration().stopDate();
        if (client.integration().status() == IntegrationStatus.STOPPED) {
            put(facts, "stoppedOn", stopDate == null ? calendar.today(client) : stopDate);
        } else if (stopDate != null && !stopDate.isBefore(calendar.today(client))) {
            facts.put("stopsOn", stopDate);
        }
    }

    private static void putProblem(Map<String, Object> facts, String problem) {
        facts.put("problem", problem);
        Rejection.menderOf(problem).ifPresent(mender -> facts.put("mender", mender.name()));
    }

    private static void putCost(Map<String, Object> facts, Quote quote) {
        facts.put("quoteNumber", quote.number().text());
        for (Payer payer : Payer.values()) {
            String party = payer == Payer.FIRM ? "firm" : "client";
            facts.put(party + "Before", quote.before(payer));
            facts.put(party + "After", quote.after(payer));
            facts.put(party + "Difference", quote.difference(payer));
        }
    }

    private static void putFirstBill(Map<String, Object> facts, FirstBill expected) {
        FirstBill.Part bill = expected.bill();
        facts.put("firstBillOn", bill.day());
        facts.put("firstBillTotal", bill.total());
        bill.some(expected.moving()).ifPresent(days -> putSome(facts, "some", days));
        bill.whole(expected.moving()).ifPresent(days -> putSpan(facts, "whole", days));
        expected.givenBack().ifPresent(back -> {
            facts.put("backOn", back.day());
            facts.put("backTotal", back.total().negated());
            putSome(facts, "back", back.lines().get(0));
        });
    }

    private static void putSome(Map<String, Object> facts, String which, FirstBill.Days days) {
        facts.put(which + "Days", days.count());
        facts.put(which + "OfDays", days.ofDays());
        putSpan(facts, which, days);
    }

    private static void putSpan(Map<String, Object> facts, String which, FirstBill.Days days) {
        facts.put(which + "From", days.line().from());
        facts.put(which + "To", days.line().until().minusDays(1));
    }

    private static void put(Map<String, Object> facts, String name, @Nullable Object value) {
        if (value != null) {
            facts.put(name, value);
        }
    }

    private UUID toFirm(MailKind kind, Subject about, Firm firm, Map<String, Object> facts) {
        return postbox.toFirm(
                new Letter(kind, about, Payer.FIRM, firm.name(), firm.email(), firm.language(), false, facts, null),
                firm);
    }

    private UUID toClient(MailKind kind, Subject about, Account account, Map<String, Object> facts) {
        return toClient(kind, about, account.client(), admins.toAsk(account), facts);
    }

    private UUID toClient(MailKind kind, Subject about, Client client, PrimaryAdmin admin, Map<String, Object> facts) {
        return postbox.toClient(
                new Letter(
                        kind,
                        about,
                        Payer.CLIENT,
                        admin.name(),
                        admin.email(),
                        client.language(),
                        frenchFirst(client),
                        facts,
                        null),
                client.timeZone());
    }

    /** In Québec a client is written to in French first, also one that chose English (S47). */
    private static boolean frenchFirst(Client client) {
        return client.country().equals("CA") && client.province().equals("QC");
    }
}
