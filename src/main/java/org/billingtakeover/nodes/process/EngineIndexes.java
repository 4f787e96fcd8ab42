package org.billingtakeover.nodes.process;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Gives the engine's tables the indexes that it leaves out: without them, asking which timers are due reads all, more than a thousand
 * times slower among 43,000 of them, and each list of Tasklist reads all tasks of all kinds. They are made while cases go on, and no
 * migration can do that: the engine makes its tables after ours, and such an index needs a connection without a transaction.
 */
@Component
@ConditionalOnWebApplication
class EngineIndexes {

    static final String DUE_DATES = "job_by_due_date";

    /** Of which columns of which table, by name. */
    static final Map<String, String> INDEXES = Map.of(
            DUE_DATES,
            "act_ru_job (duedate_)",
            "task_of_kind_by_due_date",
            "act_ru_task (task_def_key_, due_date_, create_time_)",
            "task_of_kind_by_creation",
            "act_ru_task (task_def_key_, create_time_)");

    private static final Logger LOG = LoggerFactory.getLogger(EngineIndexes.class);
    private static final String LOCK = "advisory_lock(hashtextextended('" + DUE_DATES + "', 0))";

    private final DataSource database;

    EngineIndexes(DataSource database) {
        this.database = database;
    }

    /** Apart from the start, since it waits for every transaction that is older. */
    @EventListener(ApplicationReadyEvent.class)
    void makeAside() {
        Thread aside = new Thread(this::make, "engine-indexes");
        aside.setDaemon(true);
        aside.start();
    }

    /** Does nothing where they are there, or another node is at it. A failure is logged: all goes on without, only slower. */
    void make() {
        try (Connection own = database.getConnection();
                Statement statement = own.createStatement()) {
            own.setAutoCommit(true);
            if (isTrue(statement, "select pg_try_" + LOCK)) {
                try {
                    for (Map.Entry<String, String> index : INDEXES.entrySet()) {
                        make(statement, index.getKey(), index.getValue());
                    }
                } finally {
                    statement.execute("select pg_" + LOCK.replace("lock(", "unlock("));
                }
            }
        } catch (SQLException e) {
            failed(DUE_DATES, e);
        }
    }

    private static void make(Statement statement, String name, String columns) {
        try {
            // What an interrupted build leaves bears the name, costs time at each write, and is read by nobody.
            if (isTrue(
                    statement,
                    "select exists (select from pg_index where indexrelid = to_regclass('" + name
                            + "') and not indisvalid)")) {
                statement.execute("drop index concurrently " + name);
            }
            statement.execute("create index concurrently if not exists " + name + " on " + columns);
        } catch (SQLException e) {
            failed(name, e);
        }
    }

    private static void failed(String index, SQLException e) {
        LOG.warn(
                "The index {} was not made, and is tried again at the next start: {}",
                index,
                String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }

    private static boolean isTrue(Statement statement, String question) throws SQLException {
        try (ResultSet answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }
}
