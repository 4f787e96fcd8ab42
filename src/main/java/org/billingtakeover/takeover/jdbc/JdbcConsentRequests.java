package org.billingtakeover.takeover.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.QuoteNumber;
import org.billingtakeover.kernel.StoredJson;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.ConsentRequest;
import org.billingtakeover.takeover.ConsentRequests;
import org.billingtakeover.takeover.Way;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcConsentRequests implements ConsentRequests {

    private final JdbcClient jdbc;

    JdbcConsentRequests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<ConsentRequest> find(UUID id) {
        return jdbc.sql("select * from consent_request where id = ?")
                .param(id)
                .query(JdbcConsentRequests::row)
                .optional();
    }

    @Override
    public List<ConsentRequest> of(Collection<TakeoverKey> takeovers) {
        return jdbc.sql("select * from consent_request where takeover_key = any (?) order by asked_at")
                .param(takeovers.stream().map(TakeoverKey::text).toArray(String[]::new))
                .query(JdbcConsentRequests::row)
                .list();
    }

    @Override
    public List<ConsentRequest> openTo(String email) {
        return jdbc.sql(
                        "select * from consent_request where status = 'OPEN' and lower(email) = lower(?) order by asked_at")
                .param(email)
                .query(JdbcConsentRequests::row)
                .list();
    }

    @Override
    public boolean isDisowned(UUID client, String email) {
        return jdbc.sql("""
                        select exists (select from consent_request r join takeover t on t.key = r.takeover_key
                            where t.client_id = ? and r.status = 'DISOWNED' and lower(r.email) = lower(?))
                        """).params(client, email).query(Boolean.class).single();
    }

    @Override
    public List<TakeoverKey> casesOfEarlierVersions() {
        return jdbc.sql("select takeover_key from question_of_earlier_version order by takeover_key")
                .query((row, number) -> new TakeoverKey(row.getString(1)))
                .list();
    }

    @Override
    public void lookedAt(TakeoverKey takeover) {
        jdbc.sql("delete from question_of_earlier_version where takeover_key = ?")
                .param(takeover.text())
                .update();
    }

    @Override
    public void add(ConsentRequest request) {
        jdbc.sql("""
                        insert into consent_request (id, takeover_key, way, quote_number, name, email, language, last_day,
                            status, asked_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        request.id(),
                        request.takeover().text(),
                        request.way().name(),
                        request.quote().text(),
                        request.name(),
                        request.email(),
                        request.language().name(),
                        request.lastDay(),
                        request.status().name(),
                        Timestamp.from(request.askedAt()))
                .update();
    }

    @Override
    public void update(ConsentRequest request) {
        jdbc.sql("update consent_request set status = :status, answer = :answer::jsonb where id = :id")
                .param("status", request.status().name())
                .param("answer", request.answer() == null ? null : StoredJson.write(request.answer()))
                .param("id", request.id())
                .update();
    }

    private static ConsentRequest row(ResultSet row, int number) throws SQLException {
        String answer = row.getString("answer");
        return new ConsentRequest(
                row.getObject("id", UUID.class),
                new TakeoverKey(row.getString("takeover_key")),
                Way.valueOf(row.getString("way")),
                new QuoteNumber(row.getString("quote_number")),
                row.getString("name"),
                row.getString("email"),
                Language.valueOf(row.getString("language")),
                row.getObject("last_day", LocalDate.class),
                ConsentRequest.Status.valueOf(row.getString("status")),
                row.getTimestamp("asked_at").toInstant(),
                answer == null ? null : StoredJson.read(answer, ConsentRequest.Answer.class));
    }
}
