package org.billingtakeover.notification;

/** The mail server refused the recipient for good; trying again with the same address is no use. Names no address. */
public final class UndeliverableMail extends RuntimeException {

    public UndeliverableMail(String message, Throwable cause) {
        super(message, cause);
    }
}
