package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.billingtakeover.account.Firm;
import org.billingtakeover.takeover.Outcome;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * What one case costs on its billing date, in SQL statements: from the timer to the end of the case with all its mails sent. Runs
 * only when asked for: {@code mvn test -Dtest=SwitchBenchmark}.
 */
@ScenarioTest
@Import(SwitchBenchmark.Counting.class)
class SwitchBenchmark {

    private static final int CASES = 100;
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);
    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 15);

    @Autowired
    World world;

    @Autowired
    Statements statements;

    @Test
    void switches() {
        world.todayIs(TODAY);
        Firm firm = world.firm();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            keys.add(world.confirmed(world.imports(firm, AccountLine.split())));
        }
        world.serverIsDownUntil(BILLING_DATE.atStartOfDay(World.TORONTO).toInstant());
        long entries = entries();
        statements.forget();
        long begun = System.nanoTime();

        // The last check, and the platform's word once its bills are made.
        world.runDue();
        world.serverIsDownUntil(BILLING_DATE.atTime(2, 10).atZone(World.TORONTO).toInstant());
        world.runDue();

        double seconds = (System.nanoTime() - begun) / 1e9;
        assertThat(keys)
                .allSatisfy(key -> assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL));
        say("statements a case, in all", statements.count(sql -> true));
        say("  of the engine", statements.count(sql -> sql.contains("act_")));
        say("    of its history", statements.count(sql -> sql.contains("act_hi_") && !sql.startsWith("select")));
        say("  of the product", statements.count(sql -> !sql.contains("act_")));
        say("    of its trail", statements.count(SwitchBenchmark::isOfTrail));
        System.out.printf("entries of the trail, a case: %.1f%n", (double) (entries() - entries) / CASES);
        double trail = statements.nanos(SwitchBenchmark::isOfTrail) / 1e6 / CASES;
        double all = statements.nanos(sql -> true) / 1e6 / CASES;
        System.out.printf("waiting for the database, a case: %.1f ms, of which for the trail %.1f ms%n", all, trail);
        System.out.printf("cases a second, one thread: %.0f%n", CASES / seconds);
        statements.most().forEach((sql, count) -> System.out.printf("%8.2f  %s%n", (double) count / CASES, sql));
    }

    private long entries() {
        return world.jdbc
                .sql("select count(*) from audit_entry")
                .query(Long.class)
                .single();
    }

    private static boolean isOfTrail(String sql) {
        return sql.contains("audit_");
    }

    private static void say(String what, long count) {
        System.out.printf("%s: %.1f%n", what, (double) count / CASES);
    }

    /** Counts and times what is sent to the database; of a batch, each of its statements. */
    static final class Statements {

        private final Map<String, LongAdder> sent = new ConcurrentHashMap<>();
        private final Map<String, LongAdder> nanos = new ConcurrentHashMap<>();

        DataSource counting(DataSource database) {
            return new DelegatingDataSource(database) {
                @Override
                public Connection getConnection() throws java.sql.SQLException {
                    return (Connection) wrapped(
                            Connection.class, super.getConnection(), (method, arguments, result, took) -> {
                                if (method.getName().equals("prepareStatement")
                                        && result instanceof PreparedStatement statement
                                        && arguments != null) {
                                    return counted(statement, String.valueOf(arguments[0]));
                                }
                                return result;
                            });
                }
            };
        }

        private Object counted(PreparedStatement statement, String sql) {
            return wrapped(PreparedStatement.class, statement, (method, arguments, result, took) -> {
                String name = method.getName();
                // A job that the test runs by hand is an operation of somebody; one that the job executor runs is not.
                boolean byHand = sql.toLowerCase(Locale.ROOT).contains("act_hi_op_log");
                if (!byHand
                        && (name.equals("addBatch") || (name.startsWith("execute") && !name.equals("executeBatch")))) {
                    sent.computeIfAbsent(sql.strip().toLowerCase(Locale.ROOT), each -> new LongAdder())
                            .increment();
                }
                if (name.startsWith("execute")) {
                    nanos.computeIfAbsent(sql, each -> new LongAdder()).add(took);
                }
                return result;
            });
        }

        void forget() {
            sent.clear();
            nanos.clear();
        }

        long nanos(Predicate<String> which) {
            return sum(nanos, which);
        }

        long count(Predicate<String> which) {
            return sum(sent, which);
        }

        private static long sum(Map<String, LongAdder> bySql, Predicate<String> which) {
            return bySql.entrySet().stream()
                    .filter(each -> which.test(each.getKey()))
                    .mapToLong(each -> each.getValue().sum())
                    .sum();
        }

        Map<String, Long> most() {
            Map<String, Long> most = new TreeMap<>();
            sent.forEach((sql, count) -> {
                String line = sql.replaceAll("\\s+", " ");
                most.merge(line.substring(0, Math.min(90, line.length())), count.sum(), Long::sum);
            });
            return most;
        }

        private static Object wrapped(Class<?> type, Object target, After after) {
            return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                try {
                    long begun = System.nanoTime();
                    Object result = method.invoke(target, arguments);
                    return after.returned(method, arguments, result, System.nanoTime() - begun);
                } catch (InvocationTargetException e) {
                    throw e.getTargetException();
                }
            });
        }

        private interface After {
            @Nullable
            Object returned(Method method, Object @Nullable [] arguments, @Nullable Object result, long nanos);
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Counting {

        @Bean
        static Statements statements() {
            return new Statements();
        }

        @Bean
        static BeanPostProcessor countStatements(Statements statements) {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource database ? statements.counting(database) : bean;
                }
            };
        }
    }
}
