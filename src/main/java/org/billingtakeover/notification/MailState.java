package org.billingtakeover.notification;

/** Where a mail stands. */
public enum MailState {
    /** In the outbox. */
    WAITING,
    /** The mail server has said that it has it. */
    SENT,
    /** A server further on sent it back. */
    BOUNCED,
    /** The mail server refused it for good, or its address is none. */
    REFUSED,
    /** For days the mail server said "later". */
    GIVEN_UP,
    /** The mail server was asked twice and never said whether it has it. */
    UNCERTAIN,
    /** A process that version 1.0.0 started delivers it. */
    BY_PROCESS
}
