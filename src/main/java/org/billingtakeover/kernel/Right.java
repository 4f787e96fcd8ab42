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
    /** With all evidence that can be taken along. */
    READ_AUDIT,
    /** In Tasklist. */
    WORK_ON_TASKS,
    /** In Cockpit. */
    WATCH_PROCESSES,
    MANAGE_PEOPLE
}
