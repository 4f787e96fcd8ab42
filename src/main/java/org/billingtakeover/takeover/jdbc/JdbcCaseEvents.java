package org.billingtakeover.takeover.jdbc;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import org.billingtakeover.takeover.CaseEvents;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcCaseEvents implements CaseEvents {

    private final JdbcClient jdbc;
    private final Clock clock;

    JdbcCaseEvents(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public void add(String takeoverKey, String actor, What what, @Nullable String detail) {
        jdbc.sql(
                        "insert into takeover_event (takeover_key, at, actor, what, detail) values (:key, :at, :actor, :what, :detail)")
                .param("key", takeoverKey)
                .param("at", Timestamp.from(clock.instant()))
                .param("actor", actor)
                .param("what", what.name())
                .param("detail", detail)
                .update();
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
