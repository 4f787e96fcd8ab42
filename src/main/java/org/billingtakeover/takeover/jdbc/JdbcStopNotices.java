package org.billingtakeover.takeover.jdbc;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.takeover.StopNotices;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcStopNotices implements StopNotices {

    private final JdbcClient jdbc;

    JdbcStopNotices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(UUID client, Posted notice) {
        jdbc.sql("insert into stop_notice (client_id, party, stop_date, mail_id) values (?, ?, ?, ?)")
                .params(client, notice.party().name(), notice.stopDate(), notice.mail())
                .update();
    }

    @Override
    public void forget(UUID client) {
        jdbc.sql("delete from stop_notice where client_id = ?").param(client).update();
    }

    @Override
    public List<Posted> of(UUID client) {
        return jdbc.sql("select * from stop_notice where client_id = ? order by stop_date, party")
                .param(client)
                .query((row, number) -> new Posted(
                        Payer.valueOf(row.getString("party")),
                        row.getObject("stop_date", LocalDate.class),
                        row.getObject("mail_id", UUID.class)))
                .list();
    }
}
