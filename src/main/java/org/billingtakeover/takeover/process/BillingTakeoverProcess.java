package org.billingtakeover.takeover.process;

import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.billingtakeover.takeover.Outcome;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;

/**
 * The contract between the diagrams in {@code processes/} and the code: every id, message, error and variable that the code knows.
 * {@code ProcessModelTest} holds the diagrams against it.
 */
final class BillingTakeoverProcess {

    static final String BILLING_TAKEOVER = "billing-takeover";
    static final String STOP_INTEGRATION = "stop-integration";
    static final String WATCH_STOP_DATES = "watch-stop-dates";
    static final String DELIVER_MAIL = "deliver-mail";

    static final String RECORD_CLIENT_ANSWER = "UserTask_RecordClientAnswer";

    /** What each task's form may send; anything else is refused. */
    static final Map<String, Set<String>> TASK_INPUTS = Map.of(
            "UserTask_ReviewNewCost",
            Set.of("decision", "acknowledged", "quoteNumber"),
            RECORD_CLIENT_ANSWER,
            Set.of("answer", "answererName", "answererRole", "calledFrom", "message", "quoteNumber"),
            "UserTask_ResolveProblem",
            Set.of("resolution"),
            "UserTask_ResolveUndeliverableMail",
            Set.of("resolution", "correctedEmail"));

    /**
     * What became of the client, by the end event of the main diagram that says so.
     *
     * @throws IllegalArgumentException for any other event
     */
    static Outcome outcomeAt(String endEvent) {
        return switch (endEvent) {
            case "EndEvent_FirmPaysAll" -> Outcome.FIRM_PAYS_ALL;
            case "EndEvent_ClientPaysAll" -> Outcome.CLIENT_PAYS_ALL;
            case "EndEvent_IntegrationStopped" -> Outcome.INTEGRATION_STOPPED;
            default -> throw new IllegalArgumentException(endEvent + " does not close a case.");
        };
    }

    /**
     * What a called process hands to its caller, by its end event.
     *
     * @throws IllegalArgumentException for any other event
     */
    static String handedOutAt(String endEvent) {
        return switch (endEvent) {
            case "EndEvent_Switched", "EndEvent_TookOver" -> "switched";
            case "EndEvent_CostRisen" -> "costChanged";
            case "EndEvent_Gone", "EndEvent_NothingLeftToTakeOver" -> "gone";
            case "EndEvent_Cancelled" -> "cancelled";
            case "EndEvent_ChangeWithdrawn" -> "withdrawn";
            case "EndEvent_NotTakenOver" -> "notTakenOver";
            default -> throw new IllegalArgumentException(endEvent + " hands nothing to a caller.");
        };
    }

    /** Messages that a running case waits for. */
    static final class Message {
        static final String TAKEOVER_WITHDRAWN = "takeover.withdrawn";
        static final String CHANGE_WITHDRAWN = "change.withdrawn";
        static final String COST_CHANGED = "takeover.costChanged";
        static final String BILLING_DATE_MOVED = "takeover.billingDateMoved";
        static final String ACCOUNT_CANCELLED = "takeover.accountCancelled";
        static final String RECONSIDERED = "takeover.reconsidered";

        private Message() {}
    }

    /** Errors that a step raises for its diagram to catch. */
    static final class Error {
        static final String SWITCH_REJECTED = "billing.switchRejected";
        static final String MAIL_UNDELIVERABLE = "mail.undeliverable";

        private Error() {}
    }

    /** Variables; each costs history rows, so they are few and small. */
    static final class Var {
        /** The firm's tenant, only while an instance starts. */
        static final Variable<String> FIRM = text("firm");

        static final Variable<String> LANGUAGE = text("language");
        /** What the engine answers a business rule task with; gone when the task has ended. */
        static final Variable<DmnDecisionResult> DECISION_RESULT =
                new Variable<>("decisionResult", DmnDecisionResult.class);

        static final Variable<Boolean> ELIGIBLE = flag("eligible");
        static final Variable<String> WAY = text("way");
        static final Variable<Date> QUOTE_VALID_UNTIL = date("quoteValidUntil");
        static final Variable<Date> REVIEW_DUE = date("reviewDue");
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
        static final Variable<Date> SWITCH_AT = date("switchAt");
        static final Variable<String> CHECK = text("check");
        static final Variable<Boolean> TRY_AGAIN = flag("tryAgain");
        static final Variable<Date> RETRY_AT = date("retryAt");
        static final Variable<String> RESOLUTION = text("resolution");
        static final Variable<String> OUTCOME = text("outcome");
        static final Variable<Boolean> COMMISSION_PAID = flag("commissionPaid");
        static final Variable<Date> STOP_AT = date("stopAt");
        /** Whether this stop was the one; who has been told of an earlier one is not told again. */
        static final Variable<Boolean> STOPPED = flag("stopped");

        static final Variable<String> MAIL_ID = text("mailId");
        static final Variable<String> CORRECTED_EMAIL = text("correctedEmail");

        private Var() {}

        private static Variable<String> text(String name) {
            return new Variable<>(name, String.class);
        }

        private static Variable<Boolean> flag(String name) {
            return new Variable<>(name, Boolean.class);
        }

        private static Variable<Date> date(String name) {
            return new Variable<>(name, Date.class);
        }
    }

    private BillingTakeoverProcess() {}
}
