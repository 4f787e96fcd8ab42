package org.billingtakeover.trail.jdbc;

import java.time.Instant;
import java.util.Optional;
import org.billingtakeover.trail.Seals;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcSeals implements Seals {

    private final JdbcClient jdbc;

    JdbcSeals(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<String> seal(String at) {
        return jdbc.sql("select number || ':' || encode(hash, 'hex') from audit_seal_now(?)")
                .param(at)
                .query(String.class)
                .optional();
    }

    @Override
    public Optional<Replaced> databaseReplaced() {
        return jdbc.sql("""
                        select document::jsonb ->> 'database' as before, audit_database() as now
                        from audit_seal order by number desc limit 1
                        """)
                .query(Replaced.class)
                .optional()
                .filter(each -> !each.before().equals(each.now()));
    }

    @Override
    public Optional<Newest> newest() {
        return jdbc.sql("""
                        select number, document::jsonb ->> 'at', encode(hash, 'hex') from audit_seal
                        order by number desc limit 1
                        """)
                .query((row, index) -> new Newest(row.getInt(1), Instant.parse(row.getString(2)), row.getString(3)))
                .optional();
    }

    @Override
    public Optional<String> hash(int number) {
        return jdbc.sql("select encode(hash, 'hex') from audit_seal where number = ?")
                .param(number)
                .query(String.class)
                .optional();
    }
}
