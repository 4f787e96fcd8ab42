package org.billingtakeover.notification;

/** Work that mails wait for: on a billing date, thousands of payers change at the same instant, and the mails come after that. */
public interface MoreUrgent {

    /** Whether there is such work that is due now. Asked often, so cheap. */
    boolean isDue();
}
