package org.billingtakeover.takeover.jdbc;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.LookBeforeBills;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcLooks implements LookBeforeBills.Agenda {

    private final JdbcClient jdbc;

    JdbcLooks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<TakeoverKey> due(Instant now, int most) {
        return jdbc.sql("""
                        select key from takeover
                        where stage = 'SCHEDULED' and due <= :now and cut_off > :now and looked_at_for is distinct from due
                        order by due limit :most
                        """)
                .param("now", Timestamp.from(now))
                .param("most", most)
                .query((row, number) -> new TakeoverKey(row.getString("key")))
                .list();
    }

    @Override
    @Transactional
    public void done(Collection<TakeoverKey> keys, Instant at) {
        jdbc.sql("update takeover set looked_at_for = due where key = any (?) and stage = 'SCHEDULED' and due <= ?")
                .params(keys.stream().map(TakeoverKey::text).toArray(String[]::new), Timestamp.from(at))
                .update();
    }

    @Override
    public Optional<Instant> next(Instant after) {
        return jdbc.sql(
                        "select min(due) as due from takeover where stage = 'SCHEDULED' and due > ? and cut_off is not null")
                .param(Timestamp.from(after))
                .query((row, number) ->
                        Optional.ofNullable(row.getTimestamp("due")).map(Timestamp::toInstant))
                .single();
    }
}
