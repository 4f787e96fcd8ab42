package org.billingtakeover.takeover.jdbc;

import java.sql.Timestamp;
import java.util.List;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.CaseEvents;
import org.billingtakeover.takeover.Happening.Happened;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcCaseEvents implements CaseEvents {

    private final JdbcClient jdbc;

    JdbcCaseEvents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(Happened happened) {
        jdbc.sql("insert into takeover_event (takeover_key, at, actor, what, detail) values (?, ?, ?, ?, ?)")
                .params(
                        happened.takeover().text(),
                        Timestamp.from(happened.at()),
                        happened.actor(),
                        happened.what().code(),
                        happened.what().detail().orElse(null))
                .update();
    }

    @Override
    public List<CaseEvent> of(TakeoverKey takeover) {
        return jdbc.sql("select at, actor, what, detail from takeover_event where takeover_key = ? order by number")
                .param(takeover.text())
                .query((row, number) -> new CaseEvent(
                        row.getTimestamp("at").toInstant(),
                        row.getString("actor"),
                        row.getString("what"),
                        row.getString("detail")))
                .list();
    }
}
