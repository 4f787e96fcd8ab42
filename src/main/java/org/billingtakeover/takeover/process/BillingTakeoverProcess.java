package org.billingtakeover.takeover.process;

import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.FirstBills.Finding;
import org.billingtakeover.takeover.CheckAgain;
import org.billingtakeover.takeover.DecideReview.Decision;
import org.billingtakeover.takeover.FollowFirstBills;
import org.billingtakeover.takeover.InviteFirm;
import org.billingtakeover.takeover.MakeByHand;
import org.billingtakeover.takeover.Refusal;
import org.billingtakeover.takeover.ResolveProblem;
import org.billingtakeover.takeover.ResolveRefusedStep;
import org.billingtakeover.takeover.SeeAgreement;
import org.billingtakeover.takeover.State;
import org.billingtakeover.takeover.StopIntegration;

/**
 * The contract between the diagrams in {@code processes/} and the code: every id, message, error and variable that the code knows.
 * {@link ContractWithDiagrams} has the diagrams held against it.
 */
final class BillingTakeoverProcess {

    static final String BILLING_TAKEOVER = "billing-takeover";
    static final String ASK_CLIENT = "ask-client";
    static final String CHANGE_PAYER = "change-payer";
    static final String STOP_INTEGRATION = "stop-integration";
    static final String INVITE_FIRM = "invite-firm";

    /** Called so since its first version, which looked for stop dates alone. */
    static final String WATCH = "watch-stop-dates";

    static final String PAY_COMMISSIONS = "pay-commissions";

    static final String DELIVER_MAIL = "deliver-mail";
    static final String RESOLVE_REFUSED_STEP = "resolve-refused-step";

    static final String CHANGE_BY_HAND = "change-by-hand";
    static final String FIRST_BILLS = "first-bills";
    static final String INTEGRATION_BY_HAND = "integration-by-hand";

    /** The client's own task, and that of whoever records what a client says by phone. */
    static final String ANSWER_QUESTION = "UserTask_AnswerQuestion";

    static final String RECORD_CLIENT_ANSWER = "UserTask_RecordClientAnswer";

    /** An integration that is to be turned off or on by hand: the firm's task, and that of billing operations where it has not. */
    static final String SET_INTEGRATION = "UserTask_SetIntegration";

    static final String SEE_TO_INTEGRATION = "UserTask_SeeToIntegration";

    /** Where a case waits for its billing date. */
    static final String BILLING_DATE = "IntermediateCatchEvent_BillingDate";

    private static final String SWITCH = "CallActivity_ChangePayer";

    /** Where a case waits while its payer is being changed. */
    private static final String RETRY_DUE = "IntermediateCatchEvent_RetryDue";

    /** Whether a timer is one for which a case waits until its payer has changed. */
    static boolean isChangeOfPayer(String process, String timer) {
        return process.equals(BILLING_TAKEOVER) && timer.equals(BILLING_DATE)
                || process.equals(CHANGE_PAYER) && timer.equals(RETRY_DUE);
    }

    /** Why a step is refused that comes before its date, or where nothing is offered to ask about: that mends itself. */
    static final Set<String> MENDS_ITSELF = Set.of("notYet", "notOffered");

    /** What each task's form may send; anything else, or of another type, is refused. */
    static final Map<String, Set<Variable<?>>> TASK_INPUTS = Map.ofEntries(
            Map.entry("UserTask_ReviewNewCost", Set.of(Var.DECISION, Var.ACKNOWLEDGED, Var.QUOTE_NUMBER)),
            Map.entry(ANSWER_QUESTION, Set.of()),
            Map.entry(
                    RECORD_CLIENT_ANSWER,
                    Set.of(
                            Var.ANSWER,
                            Var.ANSWERER_NAME,
                            Var.ANSWERER_ROLE,
                            Var.CALLED_FROM,
                            Var.MESSAGE,
                            Var.QUOTE_NUMBER)),
            Map.entry("UserTask_ResolveProblem", Set.of(Var.RESOLUTION)),
            Map.entry("UserTask_ResolveRefusedStep", Set.of(Var.RESOLUTION)),
            Map.entry("UserTask_ResolveUndeliverableMail", Set.of(Var.RESOLUTION, Var.CORRECTED_EMAIL)),
            Map.entry("UserTask_ChangeByHand", Set.of(Var.CHANGE_MADE, Var.WHY_NOT)),
            Map.entry("UserTask_LookForProof", Set.of(Var.PROOF)),
            Map.entry("UserTask_TakeBackByHand", Set.of()),
            Map.entry("UserTask_CompareFirstBills", Set.of(Var.BILLS, Var.EXPLANATION)),
            Map.entry(SET_INTEGRATION, Set.of()),
            Map.entry(SEE_TO_INTEGRATION, Set.of()));

    /** Which of these say nothing of people: they are refused unless they are one of the words that a case knows. */
    static final Set<Variable<?>> CHOICES = Set.of(
            Var.DECISION,
            Var.ACKNOWLEDGED,
            Var.QUOTE_NUMBER,
            Var.ANSWER,
            Var.RESOLUTION,
            Var.CHANGE_MADE,
            Var.WHY_NOT,
            Var.PROOF,
            Var.BILLS);

    /** What an accountant decides, as the form sends it. */
    static final class ReviewDecision {
        static final Map<String, Decision> WORDS = Map.of(
                "takeOver", Decision.TAKE_OVER,
                "clientTakesOver", Decision.CLIENT_TAKES_OVER,
                "leaveSeparate", Decision.LEAVE_SEPARATE);

        private ReviewDecision() {}
    }

    /** What a client answers, as forms send it and gateways read it. */
    static final class ClientAnswer {
        static final String NO_ANSWER = "noAnswer";
        /** Said of a telephone call alone: the question stays open. */
        static final String LATER = "later";

        private static final String CONFIRMED = "confirmed";
        private static final String DECLINED = "declined";

        private ClientAnswer() {}

        static String of(boolean confirmed) {
            return confirmed ? CONFIRMED : DECLINED;
        }

        /** @throws Refusal {@code answerIncomplete} if it is neither yes nor no */
        static boolean isConfirmed(String word) {
            if (!word.equals(CONFIRMED) && !word.equals(DECLINED)) {
                throw new Refusal("answerIncomplete");
            }
            return word.equals(CONFIRMED);
        }
    }

    /** What the check on the billing date found, as the gateway reads it. */
    static final class Check {
        private static final Map<CheckAgain.Finding, String> WORDS = Map.of(
                CheckAgain.Finding.DUE, "due",
                CheckAgain.Finding.COST_CHANGED, "costChanged",
                CheckAgain.Finding.GONE, "gone",
                CheckAgain.Finding.PROBLEM, "problem");

        private Check() {}

        static String word(CheckAgain.Finding finding) {
            return Objects.requireNonNull(WORDS.get(finding));
        }
    }

    /** How billing operations resolve something, as the forms send it. */
    static final class Resolution {
        static final Map<String, ResolveProblem.Resolution> OF_PROBLEM =
                Map.of("retry", ResolveProblem.Resolution.RETRY, "cancel", ResolveProblem.Resolution.CANCEL);
        static final Map<String, ResolveRefusedStep.Resolution> OF_REFUSED_STEP =
                Map.of("putBack", ResolveRefusedStep.Resolution.PUT_BACK, "close", ResolveRefusedStep.Resolution.CLOSE);

        private Resolution() {}
    }

    /** What is said and found of a change that a firm makes by hand, as the forms send it and gateways read it. */
    static final class ByHand {
        static final Map<String, MakeByHand.Answer> ANSWERS =
                Map.of("made", MakeByHand.Answer.MADE, "notPossible", MakeByHand.Answer.NOT_POSSIBLE);
        static final Map<String, MakeByHand.Finding> FINDINGS = Map.of(
                "shown", MakeByHand.Finding.SHOWN,
                "waitOn", MakeByHand.Finding.WAIT_ON,
                "notChanged", MakeByHand.Finding.NOT_CHANGED);
        /** What the platform answers those who make a change there. */
        static final Set<Rejection> REASONS = EnumSet.complementOf(EnumSet.of(
                Rejection.PAYER_NOT_AS_EXPECTED,
                Rejection.WITHDRAWN_THERE,
                Rejection.NOT_MADE_BY_HAND,
                Rejection.NOT_PROVED));

        private ByHand() {}
    }

    /** What the first bills show, and what is found of them, as gateways read it and the form sends it. */
    static final class Bills {
        static final Map<String, FollowFirstBills.Answer> ANSWERS = Map.of(
                "right", FollowFirstBills.Answer.RIGHT, "toBeCorrected", FollowFirstBills.Answer.TO_BE_CORRECTED);
        private static final Map<Finding, String> WORDS = Map.of(
                Finding.REFUND_DUE, "refundDue", Finding.BEING_CORRECTED, "refundDue", Finding.DIFFERENT, "differ");

        static String show(Finding finding) {
            return WORDS.getOrDefault(finding, "right");
        }

        private Bills() {}
    }

    /**
     * Where the process of an open case belongs: the element of the main diagram, and those of the diagrams that it calls there. A called
     * diagram without an element begins at its start.
     */
    static List<String> placeOf(State state) {
        if (state instanceof State.Requested) {
            return List.of("ServiceTask_PrepareQuote");
        }
        if (state instanceof State.UnderReview) {
            return List.of("UserTask_ReviewNewCost");
        }
        if (state instanceof State.Acknowledged || state instanceof State.Offered || state instanceof State.Asking) {
            return List.of("CallActivity_AskClient");
        }
        if (state instanceof State.Agreed || state instanceof State.Scheduled) {
            return List.of("CallActivity_Agree");
        }
        if (state instanceof State.Rejected) {
            return List.of(SWITCH, RETRY_DUE);
        }
        if (state instanceof State.InTrouble) {
            return List.of(SWITCH, "UserTask_ResolveProblem");
        }
        if (state instanceof State.Done) {
            return List.of(SWITCH, "ServiceTask_PayCommission");
        }
        return List.of(
                state instanceof State.Separate separate && separate.isClientToBeOffered()
                        ? "ServiceTask_PrepareOnlineQuote"
                        : "CallActivity_StopIntegration");
    }

    /** What a called process hands to its caller, by its end event. */
    static final Map<String, String> HANDED_OUT = Map.of(
            "EndEvent_Switched", "switched",
            "EndEvent_PaidOut", "switched",
            "EndEvent_TookOver", "switched",
            "EndEvent_CostRisen", "costChanged",
            "EndEvent_Gone", "gone",
            "EndEvent_NothingLeftToTakeOver", "gone",
            "EndEvent_Cancelled", "cancelled",
            "EndEvent_Changed", "changed",
            "EndEvent_ChangeWithdrawn", "withdrawn",
            "EndEvent_NotTakenOver", "notTakenOver");

    /** @param endEvent one of {@link #HANDED_OUT} */
    static String handedOutAt(String endEvent) {
        return Objects.requireNonNull(HANDED_OUT.get(endEvent), endEvent);
    }

    /** Messages that a running case waits for. */
    static final class Message {
        /** What the case waits for is no longer so; where agreement stands by now, the case says. */
        static final String CHANGED = "takeover.changed";

        /** The case ends before its payer has changed, by the firm or for want of a subscription. */
        static final String ENDED_EARLY = "takeover.endedEarly";

        static final String CLIENT_TELEPHONES = "question.clientTelephones";

        /** Of a client with two payers: its firm pressed <em>Update now</em>. */
        static final String UPDATE_NOW = "invitation.updateNow";

        /** Of a client with two payers: its account is another, or its case has ended. */
        static final String LOOK_AGAIN = "client.changed";

        /** Of a change by hand: a list has shown it, or it is no longer wanted. */
        static final String SETTLED_BY_HAND = "changeByHand.settled";

        /** Of a change by hand: a bill was sent in that may show it. */
        static final String BILL_SENT_IN = "changeByHand.billSentIn";

        /** Of the first bills after a change: they say something else by now. */
        static final String BILLS_READ_AGAIN = "firstBills.readAgain";
        /** Of an integration to be set by hand: a list has shown it, or it is no longer wanted. */
        static final String INTEGRATION_SETTLED = "integrationByHand.settled";

        /** Of a stop that is ordered: the platform has stopped the integration. */
        static final String STOP_CONFIRMED = "integration.stopConfirmed";

        // Diagrams of earlier versions wait for each of these by itself.
        static final String TAKEOVER_WITHDRAWN = "takeover.withdrawn";
        static final String CHANGE_WITHDRAWN = "change.withdrawn";
        static final String COST_CHANGED = "takeover.costChanged";
        static final String BILLING_DATE_MOVED = "takeover.billingDateMoved";
        static final String ACCOUNT_CANCELLED = "takeover.accountCancelled";
        static final String RECONSIDERED = "takeover.reconsidered";

        static final Set<String> ALL = Set.of(
                CHANGED,
                ENDED_EARLY,
                CLIENT_TELEPHONES,
                UPDATE_NOW,
                LOOK_AGAIN,
                SETTLED_BY_HAND,
                BILL_SENT_IN,
                BILLS_READ_AGAIN,
                INTEGRATION_SETTLED,
                STOP_CONFIRMED,
                TAKEOVER_WITHDRAWN,
                CHANGE_WITHDRAWN,
                COST_CHANGED,
                BILLING_DATE_MOVED,
                ACCOUNT_CANCELLED,
                RECONSIDERED);

        private Message() {}
    }

    /** Where agreement stands, as the gateways read it. */
    static final class Agreement {
        private static final Map<SeeAgreement.Finding, String> WORDS = Map.of(
                SeeAgreement.Finding.AGREED, "agreed",
                SeeAgreement.Finding.REVIEW_AGAIN, "reviewAgain",
                SeeAgreement.Finding.REVIEW_LAPSED, "lapsed",
                SeeAgreement.Finding.WITHDRAWN, "withdrawn",
                SeeAgreement.Finding.NONE, "none");

        private Agreement() {}

        static String word(SeeAgreement.Finding finding) {
            return Objects.requireNonNull(WORDS.get(finding));
        }
    }

    /** Where a client with two payers stands, as the gateway reads it. */
    static final class Invitation {
        private static final Map<InviteFirm.Standing, String> WORDS = Map.of(
                InviteFirm.Standing.TO_INVITE, "invite",
                InviteFirm.Standing.WAITING, "wait",
                InviteFirm.Standing.STOP_NEAR, "stopNear",
                InviteFirm.Standing.SETTLED, "settled");

        private Invitation() {}

        static String word(InviteFirm.Standing standing) {
            return Objects.requireNonNull(WORDS.get(standing));
        }
    }

    /** What a stop waits for, as the gateway reads it. */
    static final class Stop {
        private static final Map<StopIntegration.Step, String> WORDS = Map.of(
                StopIntegration.Step.WARN, "warn",
                StopIntegration.Step.WAIT, "wait",
                StopIntegration.Step.STOP, "stop",
                StopIntegration.Step.NOTHING, "nothing");

        private Stop() {}

        static String word(StopIntegration.Step step) {
            return Objects.requireNonNull(WORDS.get(step));
        }
    }

    /** Errors that a step raises for its diagram to catch. */
    static final class Error {
        static final String SWITCH_REJECTED = "billing.switchRejected";
        static final String MAIL_UNDELIVERABLE = "mail.undeliverable";

        static final Set<String> ALL = Set.of(SWITCH_REJECTED, MAIL_UNDELIVERABLE);

        private Error() {}
    }

    /** Variables; each costs history rows, so they are few and small. */
    static final class Var {
        /** Each variable below, with its type. */
        static final Map<String, Class<?>> TYPES = new TreeMap<>();

        /** The firm's tenant, only while an instance starts. */
        static final Variable<String> FIRM = text("firm");

        static final Variable<Boolean> ELIGIBLE = flag("eligible");
        /** Only diagrams of earlier versions read it. */
        static final Variable<Date> QUOTE_VALID_UNTIL = date("quoteValidUntil");

        static final Variable<Date> REVIEW_DUE = date("reviewDue");
        /** Until when a review waits at the cost that it shows. */
        static final Variable<Date> REVIEW_UNTIL = date("reviewUntil");

        static final Variable<String> DECISION = text("decision");
        static final Variable<Boolean> ACKNOWLEDGED = flag("acknowledged");
        static final Variable<String> QUOTE_NUMBER = text("quoteNumber");
        static final Variable<Date> ANSWER_DUE = date("answerDue");
        static final Variable<Date> NEXT_REMINDER = date("nextReminder");
        static final Variable<Boolean> MORE_REMINDERS = flag("moreReminders");
        static final Variable<String> ANSWER = text("answer");
        static final Variable<String> ANSWERER_NAME = text("answererName");
        static final Variable<String> ANSWERER_ROLE = text("answererRole");
        static final Variable<String> CALLED_FROM = text("calledFrom");
        static final Variable<String> MESSAGE = text("message");
        static final Variable<String> CLIENT_ANSWER = text("clientAnswer");
        /** Whether a telephone call brought an answer. */
        static final Variable<Boolean> ANSWER_TAKEN = flag("answerTaken");

        static final Variable<String> AGREEMENT = text("agreement");
        static final Variable<Date> SWITCH_AT = date("switchAt");
        static final Variable<String> CHECK = text("check");
        static final Variable<Boolean> TRY_AGAIN = flag("tryAgain");
        static final Variable<Date> RETRY_AT = date("retryAt");
        static final Variable<String> RESOLUTION = text("resolution");
        static final Variable<String> OUTCOME = text("outcome");
        /** Whether the firm is owed a commission by now. */
        static final Variable<Boolean> PAYOUT_DUE = flag("payoutDue");

        static final Variable<Boolean> COMMISSION_PAID = flag("commissionPaid");
        static final Variable<String> STANDING = text("standing");
        static final Variable<String> STOP_STEP = text("stopStep");
        /** When to look again, if nothing is heard before. */
        static final Variable<Date> LOOK_AT = date("lookAt");
        /** Whether there may be more to do at once. */
        static final Variable<Boolean> MORE = flag("more");

        static final Variable<Date> STOP_AT = date("stopAt");
        /** Whether the platform has just stopped it: what is only ordered is not told. */
        static final Variable<Boolean> STOPPED = flag("stopped");

        /** What a refused step was, why it was refused, on whose command it was asked for, and whether that mends itself. */
        static final Variable<String> STEP = text("step");

        static final Variable<String> REFUSAL = text("refusal");
        static final Variable<String> ASKED_BY = text("askedBy");
        static final Variable<Boolean> TOO_EARLY = flag("tooEarly");

        /** The booking that a firm makes by hand, by when it is to be made and shown, and what is said and found of it. */
        static final Variable<String> BOOKING = text("booking");

        static final Variable<Date> MAKE_UNTIL = date("makeUntil");
        static final Variable<Date> PROVE_UNTIL = date("proveUntil");
        static final Variable<String> CHANGE_MADE = text("changeMade");
        static final Variable<String> WHY_NOT = text("whyNot");
        static final Variable<String> PROOF = text("proof");
        static final Variable<String> BILLS_SHOW = text("billsShow");
        static final Variable<Date> REFUND_UNTIL = date("refundUntil");
        static final Variable<String> BILLS = text("bills");
        static final Variable<String> EXPLANATION = text("explanation");
        static final Variable<Boolean> TO_TAKE_BACK = flag("toTakeBack");

        /** The order to turn an integration off or on that a firm carries out by hand, and until when it has time for it. */
        static final Variable<String> INTEGRATION_ORDER = text("integrationOrder");

        static final Variable<Date> SET_UNTIL = date("setUntil");

        static final Variable<String> MAIL_ID = text("mailId");
        static final Variable<String> CORRECTED_EMAIL = text("correctedEmail");

        private Var() {}

        private static Variable<String> text(String name) {
            return of(name, String.class);
        }

        private static Variable<Boolean> flag(String name) {
            return of(name, Boolean.class);
        }

        private static Variable<Date> date(String name) {
            return of(name, Date.class);
        }

        private static <T> Variable<T> of(String name, Class<T> type) {
            TYPES.put(name, type);
            return new Variable<>(name, type);
        }
    }

    private BillingTakeoverProcess() {}
}
