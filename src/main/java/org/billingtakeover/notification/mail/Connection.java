package org.billingtakeover.notification.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.logging.Level;
import org.billingtakeover.notification.MailServerDown;
import org.billingtakeover.notification.mail.Answer.Kind;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * A conversation with the mail server in which it is asked to take one mail after the other. Not by Spring's sender, which tells of a
 * batch only at its end, and not how far a mail had come that failed. What it says and throws names no address.
 */
final class Connection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private static final int NO_MORE_ON_THIS_CONNECTION = 421;
    private static final int NOT_SIGNED_IN = 530;
    private static final int SIGN_IN_REFUSED = 535;
    private static final int MAILBOX_FULL = 552;

    private final JavaMailSenderImpl server;
    private @Nullable Transport transport;

    /** How many mails the server has taken since it was connected to. */
    private int taken;

    private boolean silent;

    Connection(JavaMailSenderImpl server) {
        this.server = server;
    }

    /** @throws MailServerDown if no mail server is there */
    void open() {
        if (transport != null) {
            return;
        }
        Transport opened = Transport.to(server);
        try {
            opened.connect(server.getHost(), server.getPort(), server.getUsername(), server.getPassword());
        } catch (MessagingException e) {
            quietly(opened);
            throw new MailServerDown(
                    "The mail server cannot be talked to: " + e.getClass().getSimpleName());
        }
        transport = opened;
        taken = 0;
    }

    /**
     * Asks the server to take a mail; once more, on another connection, if it has had enough of this one.
     *
     * @throws MailServerDown if that cannot be made; the server has not seen the mail then
     */
    Answer send(SMTPMessage mail, InternetAddress recipient) {
        open();
        boolean used = taken > 0;
        Answer answer = ask(mail, recipient);
        if (used && transport == null && answer.kind() != Kind.TAKEN && answer.kind() != Kind.UNKNOWN) {
            open();
            return ask(mail, recipient);
        }
        return answer;
    }

    private Answer ask(SMTPMessage mail, InternetAddress recipient) {
        Transport asked = Objects.requireNonNull(transport);
        try {
            asked.ask(mail, recipient);
            taken++;
            silent = false;
            return Answer.taken();
        } catch (MessagingException | IllegalStateException e) {
            int code = code(e);
            if (code <= 0 || code == NO_MORE_ON_THIS_CONNECTION) {
                close();
            }
            Answer answer = answer(asked.phase, code, e);
            silent = answer.kind() == Kind.UNKNOWN;
            return answer;
        }
    }

    /** Whether the server said nothing to the last mail that it was given. */
    boolean isSilent() {
        return silent;
    }

    private static Answer answer(Phase phase, int code, Exception failure) {
        String why = phase + " " + (code > 0 ? code : failure.getClass().getSimpleName());
        if (phase == Phase.SENDER || code == NOT_SIGNED_IN || code == SIGN_IN_REFUSED) {
            return new Answer(Kind.DOWN, why);
        }
        if (code <= 0) {
            return new Answer(phase == Phase.END ? Kind.UNKNOWN : Kind.LATER, why);
        }
        // A full mailbox empties; a mail that is too large for it stays so.
        boolean forGood = code / 100 == 5 && !(code == MAILBOX_FULL && phase == Phase.RECIPIENT);
        return new Answer(forGood ? Kind.REFUSED : Kind.LATER, why);
    }

    /** The server's answer, or nothing above zero if it gave none. */
    private static int code(@Nullable Exception failure) {
        int code = 0;
        for (Exception e = failure;
                e != null;
                e = e instanceof MessagingException more ? more.getNextException() : null) {
            if (e instanceof SMTPAddressFailedException refused) {
                return refused.getReturnCode();
            }
            if (e instanceof SMTPSenderFailedException refused) {
                return refused.getReturnCode();
            }
            if (code == 0 && e instanceof SMTPSendFailedException refused) {
                code = refused.getReturnCode();
            }
        }
        return code;
    }

    /** Says goodbye; what the server makes of that is of no account. */
    @Override
    public void close() {
        if (transport != null) {
            quietly(transport);
            transport = null;
        }
    }

    private static void quietly(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException e) {
            LOG.debug(
                    "The mail server was left without a goodbye: {}",
                    e.getClass().getSimpleName());
        }
    }

    /** How far a mail had come. */
    private enum Phase {
        SENDER,
        RECIPIENT,
        CONTENT,
        /** The server was given the end of the mail: from here on it may have it without our knowing. */
        END
    }

    private static final class Transport extends SMTPTransport {

        /** To this, named by the package, the library says all that it says to the server, names and addresses too. */
        private static final java.util.logging.Logger LIBRARY =
                java.util.logging.Logger.getLogger(Transport.class.getPackageName());

        static {
            LIBRARY.setLevel(Level.OFF);
        }

        private Phase phase = Phase.SENDER;

        private Transport(Session session, URLName server, String protocol, boolean encrypted) {
            super(session, server, protocol, encrypted);
        }

        static Transport to(JavaMailSenderImpl server) {
            String protocol = server.getProtocol() == null ? "smtp" : server.getProtocol();
            return new Transport(
                    server.getSession(),
                    new URLName(protocol, server.getHost(), server.getPort(), null, null, null),
                    protocol,
                    protocol.equals("smtps"));
        }

        void ask(SMTPMessage mail, InternetAddress recipient) throws MessagingException {
            phase = Phase.SENDER;
            if (supportsExtension("DSN")) {
                // By this, a report that brings nothing of the mail still says which one it is about.
                mail.setMailExtension("ENVID=" + mail.getMessageID().replaceAll("[<>]", ""));
                mail.setReturnOption(SMTPMessage.RETURN_HDRS);
                mail.setNotifyOptions(SMTPMessage.NOTIFY_FAILURE);
            }
            sendMessage(mail, new InternetAddress[] {recipient});
        }

        @Override
        protected void rcptTo() throws MessagingException {
            phase = Phase.RECIPIENT;
            super.rcptTo();
        }

        @Override
        protected OutputStream data() throws MessagingException {
            phase = Phase.CONTENT;
            return super.data();
        }

        @Override
        protected void finishData() throws IOException, MessagingException {
            phase = Phase.END;
            super.finishData();
        }

        @Override
        protected OutputStream bdat() throws MessagingException {
            // Where a chunk ends is the business of the stream: any of them may have been the last.
            phase = Phase.END;
            return super.bdat();
        }
    }
}
