package org.billingtakeover.notification.mail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.billingtakeover.notification.MailState;
import org.billingtakeover.notification.Mails.MailSent;
import org.billingtakeover.notification.Mails.MailStuck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells the rest of the product what became of mails, each once: that it was told is kept in the transaction of those who were told.
 * What fails is told another time, by whichever node; nothing is sent again for it.
 */
@Repository
class TellOutcomes {

    private static final Logger LOG = LoggerFactory.getLogger(TellOutcomes.class);

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher publisher;
    private final TransactionTemplate alone;

    TellOutcomes(JdbcClient jdbc, ApplicationEventPublisher publisher, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.publisher = publisher;
        this.alone = new TransactionTemplate(transactions);
        alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    void tell() {
        List<UUID> untold = jdbc.sql("""
                        select id from mail where not told
                        order by state, coalesce(takeover_key, client_id::text, firm_id), number limit 100
                        """).query(UUID.class).list();
        if (untold.isEmpty()) {
            return;
        }
        try {
            tell(untold);
        } catch (RuntimeException e) {
            LOG.warn("Telling of {} mails at once failed, so each is told of alone: {}", untold.size(), e.toString());
            untold.forEach(this::tellAlone);
        }
    }

    private void tellAlone(UUID mail) {
        try {
            tell(List.of(mail));
        } catch (RuntimeException e) {
            LOG.error("What became of the mail {} cannot be told", mail, e);
        }
    }

    /** In the order of the cases, so that two nodes do not wait for each other's. */
    private void tell(List<UUID> mails) {
        alone.executeWithoutResult(status -> {
            List<UUID> told = jdbc.sql("""
                            select * from mail where not told and id in (:mails)
                            order by state, coalesce(takeover_key, client_id::text, firm_id), number
                            for update skip locked
                            """)
                    .param("mails", mails)
                    .query((row, number) -> {
                        publisher.publishEvent(outcome(row));
                        return row.getObject("id", UUID.class);
                    })
                    .list();
            if (!told.isEmpty()) {
                jdbc.sql("update mail set told = true where id in (:told)")
                        .param("told", told)
                        .update();
            }
        });
    }

    private static Object outcome(ResultSet row) throws SQLException {
        UUID id = row.getObject("id", UUID.class);
        if (MailState.valueOf(row.getString("state")) != MailState.SENT) {
            return new MailStuck(id, StoredLetter.about(row));
        }
        return new MailSent(
                id,
                StoredLetter.read(row),
                row.getString("subject"),
                HexFormat.of().formatHex(row.getBytes("body_digest")));
    }
}
