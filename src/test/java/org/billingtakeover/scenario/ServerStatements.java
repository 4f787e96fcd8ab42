package org.billingtakeover.scenario;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What the database is asked, as its server counts it. */
final class ServerStatements implements AutoCloseable {

    /** Nanoseconds. */
    private static final long A_MOMENT = 1_000_000;

    private final JdbcClient product;
    private final JdbcClient server;
    private final String name;

    ServerStatements(HikariDataSource database) {
        product = JdbcClient.create(database);
        name = product.sql("select current_database()").query(String.class).single();
        server = JdbcClient.create(
                new DriverManagerDataSource(database.getJdbcUrl().replace("/" + name, "/postgres")));
        server.sql("create extension if not exists pg_stat_statements").update();
    }

    /** From now on, until it is closed. */
    void count() {
        track("top");
    }

    @Override
    public void close() {
        track("none");
    }

    private void track(String which) {
        server.sql("alter system set pg_stat_statements.track = '" + which + "'")
                .update();
        server.sql("select pg_reload_conf()").query(Boolean.class).single();
        // The server tells its processes in its own time.
        while (!product.sql("show pg_stat_statements.track")
                .query(String.class)
                .single()
                .equals(which)) {
            LockSupport.parkNanos(A_MOMENT);
        }
    }

    /** How often which was sent, but for where transactions begin and end; nodes look for imports every other second. */
    Map<String, Long> sentWhile(Runnable work) {
        server.sql("select pg_stat_statements_reset()").query().listOfRows();
        work.run();
        Map<String, Long> sent = new TreeMap<>();
        server.sql("""
                        select lower(regexp_replace(trim(query), '\\s+', ' ', 'g')) as query, sum(calls) as calls
                        from pg_stat_statements s join pg_database d on d.oid = s.dbid and d.datname = ?
                        where query !~* '^\\s*(begin|commit|rollback)\\M' and query !~* 'list_import' group by 1
                        """).param(name).query(row -> {
            sent.put(row.getString("query"), row.getLong("calls"));
        });
        return sent;
    }
}
