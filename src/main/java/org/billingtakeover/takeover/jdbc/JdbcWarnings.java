package org.billingtakeover.takeover.jdbc;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.Stage;
import org.billingtakeover.takeover.Warnings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcWarnings implements Warnings {

    private final JdbcClient jdbc;

    JdbcWarnings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<TakeoverKey> due(Kind kind, Stage stage, Instant now, Instant until, int most) {
        return jdbc.sql("""
                        select key from takeover t
                        where stage = :stage and due > :now and due <= :until
                            and not exists (
                                select from warning w where w.takeover_key = t.key and w.kind = :kind
                                and w.about = (case :kind when 'LOOKED_AHEAD' then :now else t.due end at time zone 'UTC')::date)
                        order by due limit :most
                        """)
                .param("stage", stage.name())
                .param("kind", kind.name())
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(until))
                .param("most", most)
                .query((row, number) -> new TakeoverKey(row.getString("key")))
                .list();
    }

    @Override
    public List<TakeoverKey> passed(Instant now, int most) {
        return jdbc.sql("""
                        select key from takeover t join client c on c.id = t.client_id
                        where stage = 'PROBLEM' and billing_date < (:now::timestamptz at time zone c.time_zone)::date
                            and not exists (
                                select from warning w
                                where w.takeover_key = t.key and w.kind = 'DATE_PASSED' and w.about = t.billing_date)
                        order by billing_date, key limit :most
                        """)
                .param("now", Timestamp.from(now))
                .param("most", most)
                .query((row, number) -> new TakeoverKey(row.getString("key")))
                .list();
    }

    @Override
    public boolean isNew(TakeoverKey takeover, Kind kind, LocalDate about) {
        return jdbc.sql("select not exists (select from warning where takeover_key = ? and kind = ? and about = ?)")
                .params(takeover.text(), kind.name(), about)
                .query(Boolean.class)
                .single();
    }

    @Override
    public void said(TakeoverKey takeover, Kind kind, LocalDate about) {
        jdbc.sql("insert into warning (takeover_key, kind, about) values (?, ?, ?) on conflict do nothing")
                .params(takeover.text(), kind.name(), about)
                .update();
    }
}
