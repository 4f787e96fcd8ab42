package org.billingtakeover.takeover.jdbc;

import java.sql.Timestamp;
import java.util.List;
import org.billingtakeover.kernel.LateRows;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.CaseEvents;
import org.billingtakeover.takeover.Happening.Happened;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcCaseEvents implements CaseEvents {

    private final JdbcClient jdbc;
    private final LateRows rows;

    JdbcCaseEvents(JdbcClient jdbc, JdbcOperations operations) {
        this.jdbc = jdbc;
        this.rows = new LateRows(
                operations,
                "insert into takeover_event (takeover_key, at, actor, what, detail) values (?, ?, ?, ?, ?)");
    }

    @Override
    public void add(Happened happened) {
        rows.add(
                happened.takeover().text(),
                Timestamp.from(happened.at()),
                happened.actor(),
                happened.what().code(),
                happened.what().detail().orElse(null));
    }

    @Override
    public List<CaseEvent> of(TakeoverKey takeover) {
        rows.send();
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
