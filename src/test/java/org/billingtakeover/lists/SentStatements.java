package org.billingtakeover.lists;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Counts what is sent to the database; of a batch, each of its statements. */
final class SentStatements {

    private final LongAdder count = new LongAdder();

    /** How many, since this was asked before. */
    long sent() {
        return count.sumThenReset();
    }

    private DataSource counting(DataSource database) {
        return new DelegatingDataSource(database) {
            @Override
            public Connection getConnection() throws SQLException {
                return (Connection) wrapped(
                        Connection.class,
                        super.getConnection(),
                        (method, result) -> method.equals("prepareStatement") && result != null
                                ? wrapped(PreparedStatement.class, result, this::counted)
                                : result);
            }

            private @Nullable Object counted(String method, @Nullable Object result) {
                if (method.equals("addBatch") || (method.startsWith("execute") && !method.equals("executeBatch"))) {
                    count.increment();
                }
                return result;
            }
        };
    }

    private static Object wrapped(Class<?> type, Object target, After after) {
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> after.returned(method.getName(), invoked(method, target, arguments)));
    }

    private static @Nullable Object invoked(Method method, Object target, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private interface After {
        @Nullable
        Object returned(String method, @Nullable Object result);
    }

    /** Counts what the product sends. No stereotype, or else the scan of this room would find it for other tests. */
    static class Counting {

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
