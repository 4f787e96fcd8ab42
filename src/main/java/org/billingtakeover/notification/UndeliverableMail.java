package org.billingtakeover.notification;

/**
 * The address is none, or the mail server refused it for good; trying again with the same address is no use. Names no address, and
 * has no cause, because the mail server's own words name it.
 */
public final class UndeliverableMail extends RuntimeException {

    public UndeliverableMail(String message) {
        super(message);
    }
}
