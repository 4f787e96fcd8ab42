package org.billingtakeover.benchmark;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Counts and times what is sent to the database; of a batch, each of its statements. */
public final class SentStatements {

    private static final int LENGTH_SHOWN = 90;

    private final Map<String, Sent> bySql = new ConcurrentHashMap<>();

    private static final class Sent {

        private final LongAdder count = new LongAdder();
        private final LongAdder nanos = new LongAdder();

        private void add(Sent other) {
            count.add(other.count.sum());
            nanos.add(other.nanos.sum());
        }
    }

    private DataSource counting(DataSource database) {
        return new DelegatingDataSource(database) {
            @Override
            public Connection getConnection() throws SQLException {
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
        Sent sent = bySql.computeIfAbsent(sql.strip().toLowerCase(Locale.ROOT), each -> new Sent());
        return wrapped(PreparedStatement.class, statement, (method, arguments, result, took) -> {
            String name = method.getName();
            if (name.equals("addBatch") || (name.startsWith("execute") && !name.equals("executeBatch"))) {
                sent.count.increment();
            }
            if (name.startsWith("execute")) {
                sent.nanos.add(took);
            }
            return result;
        });
    }

    /** Begins anew. */
    public void forget() {
        bySql.clear();
    }

    /** How long these statements took, their texts being in lower case. */
    public long nanos(Predicate<String> which) {
        return sum(which, sent -> sent.nanos);
    }

    /** How many of these statements were sent, their texts being in lower case. */
    public long count(Predicate<String> which) {
        return sum(which, sent -> sent.count);
    }

    private long sum(Predicate<String> which, Function<Sent, LongAdder> what) {
        return bySql.entrySet().stream()
                .filter(each -> which.test(each.getKey()))
                .mapToLong(each -> what.apply(each.getValue()).sum())
                .sum();
    }

    /** Says how many of each statement were sent and how many milliseconds they took, for each of so many cases or lines. */
    public void sayEach(int cases) {
        Map<String, Sent> byBeginning = new TreeMap<>();
        bySql.forEach((sql, sent) -> {
            String line = sql.replaceAll("\\s+", " ");
            byBeginning
                    .computeIfAbsent(line.substring(0, Math.min(LENGTH_SHOWN, line.length())), each -> new Sent())
                    .add(sent);
        });
        byBeginning.forEach((sql, sent) -> System.out.printf(
                "%9.3f %9.3f ms  %s%n", (double) sent.count.sum() / cases, sent.nanos.sum() / 1e6 / cases, sql));
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

    /** Counts what the product sends; a benchmark imports it. */
    @TestConfiguration(proxyBeanMethods = false)
    public static class Counting {

        @Bean
        static SentStatements sentStatements() {
            return new SentStatements();
        }

        @Bean
        static BeanPostProcessor countStatements(SentStatements statements) {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource database ? statements.counting(database) : bean;
                }
            };
        }
    }
}
