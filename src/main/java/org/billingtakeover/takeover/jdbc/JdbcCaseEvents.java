package org.billingtakeover.takeover.jdbc;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.billingtakeover.takeover.CaseEvents;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcCaseEvents implements CaseEvents {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    JdbcCaseEvents(JdbcClient jdbc, ApplicationEventPublisher publisher, Clock clock) {
        this.jdbc = jdbc;
        this.publisher = publisher;
        this.clock = clock;
    }

    @Override
    public void add(String takeoverKey, String actor, What what, @Nullable String detail) {
        Instant now = clock.instant();
        jdbc.sql(
                        "insert into takeover_event (takeover_key, at, actor, what, detail) values (:key, :at, :actor, :what, :detail)")
                .param("key", takeoverKey)
                .param("at", Timestamp.from(now))
                .param("actor", actor)
                .param("what", what.name())
                .param("detail", detail)
                .update();
        publisher.publishEvent(new Happened(takeoverKey, new CaseEvent(now, actor, what, detail)));
    }

    @Override
    public List<CaseEvent> of(String takeoverKey) {
        return jdbc.sql("select at, actor, what, detail from takeover_event where takeover_key = ? order by number")
                .param(takeoverKey)
                .query((row, number) -> new CaseEvent(
                        row.getTimestamp("at").toInstant(),
                        row.getString("actor"),
                        What.valueOf(row.getString("what")),
                        row.getString("detail")))
                .list();
    }
}
