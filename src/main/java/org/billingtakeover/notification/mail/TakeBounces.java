package org.billingtakeover.notification.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.billingtakeover.notification.Bounces;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

@Component
class TakeBounces implements Bounces {

    private static final Logger LOG = LoggerFactory.getLogger(TakeBounces.class);

    private final JdbcOutbox outbox;
    private final TellOutcomes outcomes;
    private final MailServer server;
    private final Clock clock;

    TakeBounces(JdbcOutbox outbox, TellOutcomes outcomes, MailServer server, Clock clock) {
        this.outbox = outbox;
        this.outcomes = outcomes;
        this.server = server;
        this.clock = clock;
    }

    @Override
    public boolean take(InputStream mail) {
        try {
            return take(new MimeMessage(Session.getInstance(new Properties()), mail));
        } catch (MessagingException e) {
            return false;
        }
    }

    boolean take(MimeMessage mail) {
        Optional<UUID> bounced = BounceReport.in(mail).flatMap(report -> server.mailOf(report.messageId()));
        // Whoever hears that a mail came back has heard that it went out.
        outcomes.tell();
        if (bounced.isEmpty() || !outbox.bounced(bounced.get(), clock.instant())) {
            return false;
        }
        LOG.info("The mail {} has come back", bounced.get());
        outcomes.tell();
        return true;
    }
}
