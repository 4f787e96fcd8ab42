package org.billingtakeover.nodes.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.apache.ibatis.mapping.BoundSql;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.scripting.defaults.DefaultParameterHandler;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.TestDatabase;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.db.ListQueryParameterObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

@Tag("slow")
@BackOfficeTest
@DisplayName("The indexes that the engine leaves out")
class EngineIndexesTest {

    private static final HikariDataSource DATABASE = TestDatabase.fresh();
    private static final JdbcClient SQL = JdbcClient.create(DATABASE);
    private static final ProcessEngine ENGINE = engine();

    private static final HikariDataSource POOL = pool();

    private final EngineIndexes index = new EngineIndexes(POOL);

    @Autowired
    DataSource ofProduct;

    @BeforeEach
    void givenAnEngineWithoutIt() {
        EngineIndexes.INDEXES
                .keySet()
                .forEach(name -> SQL.sql("drop index if exists " + name).update());
        SQL.sql("truncate act_ru_job").update();
    }

    @Test
    @DisplayName("are made when the product has started")
    void atStart() {
        Instant latest = Instant.now().plus(Duration.ofMinutes(2));
        while (!isValid(ofProduct) && Instant.now().isBefore(latest)) {
            LockSupport.parkNanos(20_000_000);
        }
        assertThat(isValid(ofProduct)).isTrue();
    }

    @Test
    @DisplayName("answer the engine's question which jobs are due, among 50,000 that are not")
    void usedByAcquisition() throws SQLException {
        SQL.sql("""
                insert into act_ru_job (id_, rev_, type_, exclusive_, retries_, duedate_, handler_type_, process_instance_id_)
                select number, 1, 'timer', true, 3,
                    now() + case when number <= 10 then interval '-1 hour' else number * interval '1 minute' end,
                    'timer-intermediate-transition', number
                from generate_series(1, 50010) number
                """).update();
        SQL.sql("analyze act_ru_job").update();
        assertThat(planOfAcquisition()).contains("Seq Scan on act_ru_job res").contains("rows=10 loops=1");
        assertThat(wholeTableReadIn(1)).isPositive();

        index.make();

        SQL.sql("analyze act_ru_job").update();
        assertThat(planOfAcquisition())
                .contains("Index Scan on " + EngineIndexes.DUE_DATES)
                .doesNotContain("Seq Scan")
                .contains("rows=10 loops=1");
        assertThat(wholeTableReadIn(20)).isZero();
    }

    @Test
    @DisplayName("give a list of Tasklist its first page without a look at other tasks")
    void usedByLists() {
        SQL.sql("""
                insert into act_ru_task (id_, rev_, task_def_key_, create_time_)
                select number, 1, 'kind' || number % 2, now() - number * interval '1 minute'
                from generate_series(1, 20000) number
                """).update();

        index.make();

        SQL.sql("analyze act_ru_task").update();
        assertThat(SQL.sql(
                                "explain select distinct * from act_ru_task where task_def_key_ = 'kind1' order by due_date_, create_time_ limit 15")
                        .query(String.class)
                        .list())
                .anyMatch(line -> line.contains("Index Scan using task_of_kind_by_due_date"))
                .noneMatch(line -> line.contains("Seq Scan"));
    }

    @Test
    @DisplayName("are made again where an interrupted build left one unusable, and stay where they are there")
    void repaired() throws SQLException {
        try (Connection busy = DATABASE.getConnection();
                Connection builder = DATABASE.getConnection();
                Statement build = builder.createStatement()) {
            busy.setAutoCommit(false);
            JdbcClient.create(new SingleConnectionDataSource(busy, true))
                    .sql("insert into act_ru_job (id_, type_) values ('1', 'timer')")
                    .update();
            build.execute("set lock_timeout = 100");
            assertThatThrownBy(() -> build.execute(
                            "create index concurrently " + EngineIndexes.DUE_DATES + " on act_ru_job (duedate_)"))
                    .isInstanceOf(SQLException.class);
            build.execute("reset lock_timeout");
            busy.rollback();
        }
        assertThat(exists(EngineIndexes.DUE_DATES)).isTrue();
        assertThat(isValid(DATABASE)).isFalse();

        index.make();

        assertThat(isValid(DATABASE)).isTrue();
        long made = oid();
        index.make();
        assertThat(oid()).isEqualTo(made);
    }

    @Test
    @DisplayName("are left to the node that is at it, and made once where two start together")
    void twoNodes() throws SQLException {
        try (Connection other = DATABASE.getConnection();
                Statement lock = other.createStatement()) {
            lock.execute("select pg_advisory_lock(hashtextextended('" + EngineIndexes.DUE_DATES + "', 0))");
            index.make();
            assertThat(exists(EngineIndexes.DUE_DATES)).isFalse();
            lock.execute("select pg_advisory_unlock_all()");
        }

        List<CompletableFuture<Void>> nodes = new ArrayList<>();
        for (int node = 0; node < 4; node++) {
            nodes.add(CompletableFuture.runAsync(new EngineIndexes(POOL)::make));
        }
        nodes.forEach(CompletableFuture::join);

        assertThat(isValid(DATABASE)).isTrue();
        assertThat(SQL.sql("select count(*) from pg_locks where locktype = 'advisory'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    @DisplayName("keep nothing from starting where one cannot be made, nor the others, and leave the pool as it was")
    void failing() throws SQLException {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger ours = (Logger) LoggerFactory.getLogger(EngineIndexes.class);
        // The commands that other tests of this JVM run keep the log quiet.
        ours.setLevel(Level.WARN);
        ours.addAppender(log);
        SQL.sql("alter table act_ru_job rename to away").update();
        try {
            index.make();
        } finally {
            SQL.sql("alter table away rename to act_ru_job").update();
            ours.detachAppender(log);
            ours.setLevel(null);
        }

        assertThat(EngineIndexes.INDEXES.keySet())
                .filteredOn(name -> !exists(name))
                .containsExactly(EngineIndexes.DUE_DATES);
        assertThat(log.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).contains("index " + EngineIndexes.DUE_DATES, "act_ru_job");
            assertThat(line.getThrowableProxy()).isNull();
        });
        try (Connection next = POOL.getConnection()) {
            assertThat(next.getAutoCommit()).isFalse();
        }
    }

    /** How PostgreSQL answers the very question that the job executor asks. */
    private static String planOfAcquisition() throws SQLException {
        try (Connection connection = DATABASE.getConnection();
                PreparedStatement explain = acquisition(connection, "explain (analyze, timing off) ");
                ResultSet line = explain.executeQuery()) {
            StringBuilder plan = new StringBuilder();
            while (line.next()) {
                plan.append(line.getString(1)).append('\n');
            }
            return plan.toString();
        }
    }

    /** How often the whole table is read, by one node that goes on asking: after ten times, PostgreSQL may keep a plan. */
    private static long wholeTableReadIn(int questions) throws SQLException {
        try (Connection connection = POOL.getConnection();
                PreparedStatement question = acquisition(connection, "")) {
            long before = wholeTableRead(connection);
            for (int asked = 0; asked < questions; asked++) {
                question.execute();
            }
            return wholeTableRead(connection) - before;
        }
    }

    private static long wholeTableRead(Connection connection) {
        return JdbcClient.create(new SingleConnectionDataSource(connection, true))
                .sql("select seq_scan from pg_stat_xact_user_tables where relname = 'act_ru_job'")
                .query(Long.class)
                .single();
    }

    private static PreparedStatement acquisition(Connection connection, String before) throws SQLException {
        StandaloneProcessEngineConfiguration configuration =
                (StandaloneProcessEngineConfiguration) ENGINE.getProcessEngineConfiguration();
        MappedStatement question =
                configuration.getSqlSessionFactory().getConfiguration().getMappedStatement("selectNextJobsToExecute");
        // As in the engine's JobManager, with its defaults and ours.
        ListQueryParameterObject parameter = new ListQueryParameterObject(
                new HashMap<>(Map.of(
                        "now", Timestamp.from(Instant.now()),
                        "alwaysSetDueDate", false,
                        "deploymentAware", false,
                        "historyCleanupEnabled", true,
                        "applyOrdering", false,
                        "orderingProperties", List.of(),
                        "applyExclusiveOverProcessHierarchies", false)),
                0,
                100);
        BoundSql sql = question.getBoundSql(parameter);
        PreparedStatement prepared = connection.prepareStatement(before + sql.getSql());
        new DefaultParameterHandler(question, parameter, sql).setParameters(prepared);
        return prepared;
    }

    private static boolean isValid(DataSource database) {
        return JdbcClient.create(database)
                .sql("select coalesce(bool_and(indisvalid), false) from pg_index where indexrelid = to_regclass(?)")
                .param(EngineIndexes.DUE_DATES)
                .query(Boolean.class)
                .single();
    }

    private static boolean exists(String name) {
        return SQL.sql("select to_regclass(?) is not null")
                .param(name)
                .query(Boolean.class)
                .single();
    }

    private static long oid() {
        return SQL.sql("select to_regclass(?)::oid::bigint")
                .param(EngineIndexes.DUE_DATES)
                .query(Long.class)
                .single();
    }

    /** Of the same database, as the product's own: without auto-commit. */
    private static HikariDataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(DATABASE.getJdbcUrl());
        pool.setAutoCommit(false);
        pool.setMaximumPoolSize(4);
        pool.setMinimumIdle(0);
        return pool;
    }

    private static ProcessEngine engine() {
        StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
        configuration.setProcessEngineName("index-due-dates");
        configuration.setDataSource(DATABASE);
        configuration.setDatabaseSchemaUpdate("true");
        return configuration.buildProcessEngine();
    }
}
