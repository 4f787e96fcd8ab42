package org.billingtakeover.audit.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.audit.VerificationRuns;
import org.billingtakeover.verifier.Report;
import org.billingtakeover.verifier.Verify.Progress;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Repository
@Transactional
class JdbcVerificationRuns implements VerificationRuns {

    private static final JsonMapper JSON = JsonMapper.builder()
            .findAndAddModules()
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final JdbcClient jdbc;

    JdbcVerificationRuns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<UUID> begin(String by, Instant now) {
        jdbc.sql("""
                        update verification set ended_at = ?
                        where ended_at is null and alive_at < clock_timestamp() - interval '1 minute'
                        """).param(Timestamp.from(now)).update();
        return jdbc.sql("""
                        insert into verification (id, started_by, started_at) values (?, ?, ?)
                        on conflict do nothing returning id
                        """)
                .params(UUID.randomUUID(), by, Timestamp.from(now))
                .query(UUID.class)
                .optional();
    }

    /** Beside the transaction in which the trail is read: others are to see it at once. */
    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void isAt(UUID run, Progress progress) {
        jdbc.sql("update verification set entries = ?, entries_in_all = ?, alive_at = clock_timestamp() where id = ?")
                .params(progress.entries(), progress.all(), run)
                .update();
    }

    @Override
    public void end(UUID run, Instant now, @Nullable Report report) {
        try {
            jdbc.sql("update verification set ended_at = ?, report = cast(? as jsonb) where id = ?")
                    .params(Timestamp.from(now), report == null ? null : JSON.writeValueAsString(report), run)
                    .update();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<Run> last() {
        return jdbc.sql("select * from verification order by began desc limit 1")
                .query((row, number) -> new Run(
                        row.getString("started_by"),
                        row.getTimestamp("started_at").toInstant(),
                        new Progress(row.getLong("entries"), row.getLong("entries_in_all")),
                        instant(row.getTimestamp("ended_at")),
                        report(row.getString("report"))))
                .optional();
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    private static @Nullable Report report(@Nullable String json) {
        try {
            return json == null ? null : JSON.readValue(json, Report.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
