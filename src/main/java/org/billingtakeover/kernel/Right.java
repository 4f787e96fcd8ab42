package org.billingtakeover.kernel;

/** What somebody who is signed in may do here. Which role brings which right stands with the roles, in {@code security}. */
public enum Right {
    SEE_CLIENTS,
    OPEN_TAKEOVERS,
    WITHDRAW_TAKEOVERS,
    RECONSIDER_TAKEOVERS,
    IMPORT_LISTS,
    SETTLE_DISPUTES,
    SEE_FIGURES,
    /** What firms earn and are paid. */
    SEE_COMMISSIONS,
    /** What platforms have billed firms and clients. */
    SEE_BILLS,
    /** The orders to pay firms, with the file of them. */
    SEE_PAYMENTS,
    /** With all evidence that can be taken along. */
    READ_AUDIT,
    /** In Tasklist. */
    WORK_ON_TASKS,
    /** Bills that show what a firm has changed by hand, sent in and read. */
    PROVE_CHANGES,
    /** What a client answers by phone. */
    RECORD_ANSWERS,
    /** The link of an open question, once more or to a corrected address. */
    SEND_LINKS,
    /** In Cockpit. */
    WATCH_PROCESSES,
    /** What failed for good is tried again. */
    RETRY_JOBS,
    /** Running cases go on with a newer version of their diagram. */
    MOVE_CASES,
    MANAGE_PEOPLE
}
