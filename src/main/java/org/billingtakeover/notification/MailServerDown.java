package org.billingtakeover.notification;

/**
 * No mail server answers, or it takes mail from nobody: no fault of any mail. Names no address and has no cause, because the mail
 * server's own words may name one.
 */
public final class MailServerDown extends RuntimeException {

    public MailServerDown(String message) {
        super(message);
    }
}
