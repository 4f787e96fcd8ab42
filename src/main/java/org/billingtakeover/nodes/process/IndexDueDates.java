package org.billingtakeover.nodes.process;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Gives the engine's jobs the index that the engine leaves out: without it, asking which timers are due reads the whole table, more than
 * a thousand times slower among 43,000 of them. It is made while cases go on, and no migration can do that: the engine makes its tables
 * after ours, and such an index needs a connection without a transaction.
 */
@Component
@ConditionalOnWebApplication
class IndexDueDates {

    static final String INDEX = "job_by_due_date";

    private static final Logger LOG = LoggerFactory.getLogger(IndexDueDates.class);
    private static final String LOCK = "advisory_lock(hashtextextended('" + INDEX + "', 0))";

    private final DataSource database;

    IndexDueDates(DataSource database) {
        this.database = database;
    }

    /** Apart from the start, since it waits for every transaction that is older. */
    @EventListener(ApplicationReadyEvent.class)
    void makeAside() {
        Thread aside = new Thread(this::make, "index-due-dates");
        aside.setDaemon(true);
        aside.start();
    }

    /** Does nothing where the index is there, or another node is at it. A failure is logged: all goes on without, only slower. */
    void make() {
        try (Connection own = database.getConnection();
                Statement statement = own.createStatement()) {
            own.setAutoCommit(true);
            if (isTrue(statement, "select pg_try_" + LOCK)) {
                try {
                    make(statement);
                } finally {
                    statement.execute("select pg_" + LOCK.replace("lock(", "unlock("));
                }
            }
        } catch (SQLException e) {
            LOG.warn(
                    "The index of jobs by due date was not made, and is tried again at the next start: {}",
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static void make(Statement statement) throws SQLException {
        // What an interrupted build leaves bears the name, costs time at each write, and is read by nobody.
        if (isTrue(
                statement,
                "select exists (select from pg_index where indexrelid = to_regclass('" + INDEX
                        + "') and not indisvalid)")) {
            statement.execute("drop index concurrently " + INDEX);
        }
        statement.execute("create index concurrently if not exists " + INDEX + " on act_ru_job (duedate_)");
    }

    private static boolean isTrue(Statement statement, String question) throws SQLException {
        try (ResultSet answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }
}
