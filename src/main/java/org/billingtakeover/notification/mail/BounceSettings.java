package org.billingtakeover.notification.mail;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The mailbox of the return address, read by IMAP.
 *
 * @param port 0 for the usual one
 * @param tls whether the whole conversation is encrypted, with a certificate for this host
 */
@ConfigurationProperties("back-office.mail.bounces")
record BounceSettings(
        String host,
        @DefaultValue("0") int port,
        String user,
        String password,
        @DefaultValue("INBOX") String folder,
        @DefaultValue("true") boolean tls) {

    @Override
    public String toString() {
        return "the folder " + folder + " at " + host;
    }
}
