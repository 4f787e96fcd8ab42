package org.billingtakeover.retention.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.kernel.ClientKey;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.FirmKey;
import org.billingtakeover.kernel.Subject;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.retention.OldRecords;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcOldRecords implements OldRecords {

    private final JdbcClient jdbc;

    JdbcOldRecords(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Subject> closedBefore(Instant instant, int limit) {
        return jdbc.sql("""
                        (select key, null::uuid as client_id, null as firm_id from takeover
                         where stage = 'CLOSED' and people_forgotten_at is null and closed_at < :instant
                         order by closed_at limit :limit)
                        union all
                        (select null, client_id, null from mail
                         where email <> '' and client_id is not null
                         group by client_id having max(posted_at) < :instant limit :limit)
                        union all
                        (select null, null, firm_id from mail
                         where email <> '' and firm_id is not null
                         group by firm_id having max(posted_at) < :instant limit :limit)
                        limit :limit
                        """)
                .param("instant", Timestamp.from(instant))
                .param("limit", limit)
                .query((row, number) -> subject(row))
                .list();
    }

    private static Subject subject(ResultSet row) throws SQLException {
        String key = row.getString("key");
        String firm = row.getString("firm_id");
        if (firm != null) {
            return new FirmKey(new FirmId(firm));
        }
        return key == null ? new ClientKey(row.getObject("client_id", UUID.class)) : new TakeoverKey(key);
    }

    @Override
    public Optional<Erased> erase(Subject subject, Instant closedBefore, Instant now) {
        int forgotten = jdbc.sql("""
                        update takeover set people_forgotten_at = ?
                        where key = ? and stage = 'CLOSED' and closed_at < ? and people_forgotten_at is null
                        """)
                .params(Timestamp.from(now), subject.text(), Timestamp.from(closedBefore))
                .update();
        if (forgotten == 0 && isCase(subject, "people_forgotten_at is not null")) {
            return Optional.empty();
        }
        if (forgotten == 0 && isCase(subject, "true")) {
            throw new IllegalStateException("The period of the case " + subject + " is not over");
        }
        int mails = jdbc.sql("""
                        update mail set name = '', email = '', facts = '{}', subject = case when subject is null then null else '' end,
                            state = case state when 'WAITING' then 'GIVEN_UP' else state end, due_at = null
                        where (takeover_key = :case or client_id = :client or firm_id = :firm) and email <> ''
                        """)
                .param("case", subject instanceof TakeoverKey key ? key.text() : null)
                .param("client", subject instanceof ClientKey key ? key.client() : null, Types.OTHER)
                .param("firm", subject instanceof FirmKey key ? key.firm().text() : null)
                .update();
        jdbc.sql("delete from consent_link where request_id in (select id from consent_request where takeover_key = ?)")
                .param(subject.text())
                .update();
        jdbc.sql("delete from bill_sent_in where booking in (select key from booking where takeover_key = ?)")
                .param(subject.text())
                .update();
        int questions = jdbc.sql("""
                        update consent_request set name = '', email = '',
                            answer = answer || '{"name": "", "role": "", "from": "", "message": null}'
                        where takeover_key = ? and email <> ''
                        """).param(subject.text()).update();
        return forgotten + mails + questions == 0 ? Optional.empty() : Optional.of(new Erased(mails, questions));
    }

    /** A client without a case is written to all the same. */
    private boolean isCase(Subject subject, String condition) {
        return jdbc.sql("select exists (select from takeover where key = ? and " + condition + ")")
                .param(subject.text())
                .query(Boolean.class)
                .single();
    }
}
