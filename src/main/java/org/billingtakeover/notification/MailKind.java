package org.billingtakeover.notification;

/** What a mail tells; each has a template in both languages for the firm, for the client, or for each of them. */
public enum MailKind {
    CONSENT_REQUEST,
    REMINDER,
    /** The link of an open question, because somebody asked for it once more. */
    LINK_AGAIN,
    /** Whoever was asked is not the client's primary admin. */
    WRONG_PERSON,
    /** The recipient is no longer the person to ask. */
    QUESTION_ENDED,
    SCHEDULED,
    DATE_MOVED,
    SWITCHED,
    DECLINED,
    EXPIRED,
    WITHDRAWN,
    OPTION_TWO_OFFERED,
    /** A client that left its question without a yes would like to be asked again. */
    RECONSIDERED,
    COST_CHANGED,
    /** What was asked or to be asked is not possible by now. */
    NOT_POSSIBLE,
    /** The payer did not change on the billing date. */
    NOT_CHANGED,
    /** A client with two payers was found: its firm is invited to decide. */
    INVITED,
    /** The day on which the integration stops comes near, or has moved. */
    STOP_COMES,
    INTEGRATION_STOPPED,
    INTEGRATION_RESTARTED,
    /** What can still be done before it is too late. */
    REVIEW_LAPSES,
    ANSWER_EXPIRES,
    CHANGE_COMES,
    /** As things are, a change will not be made on its billing date. */
    CHANGE_AT_RISK,
    /** The firm is to change the payer itself, in its accountant product. */
    CHANGE_BY_HAND,
    /** The firm is to show that it has changed the payer. */
    PROVE_CHANGE,
    /** What a party had paid too much after a change was given back. */
    REFUNDED,
    /** The firm is to turn the integration off or on itself. */
    INTEGRATION_BY_HAND,
    COMMISSION_PAID,
    NOTHING_TO_TAKE_OVER,
    PROBLEM
}
