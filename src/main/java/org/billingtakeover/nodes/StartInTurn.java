package org.billingtakeover.nodes;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Nodes that start at the same time do so one after the other: two at once would both make the engine's tables, its groups and the first
 * accounts, and one of them would die of it. The turn is a lock in the database, of a connection that is kept from the first use of the
 * database to the end of the start; a node that dies gives it back with its connection.
 */
@Component
class StartInTurn implements BeanPostProcessor, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(StartInTurn.class);
    private static final String LOCK = "advisory_lock(hashtextextended('start', 0))";
    private static final long PAUSE_MILLIS = 200;

    private @Nullable DataSource pool;
    private @Nullable Connection turn;

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof DataSource database && turn == null) {
            pool = database;
            turn = waitForTurn(database);
        }
        return bean;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Order(Ordered.LOWEST_PRECEDENCE)
    void started() {
        giveBack();
    }

    @Override
    public void destroy() {
        giveBack();
    }

    /** Asks again and again instead of waiting in the database, where an open statement would hold up whoever builds an index. */
    private static Connection waitForTurn(DataSource database) {
        try {
            Connection own = database.getConnection();
            own.setAutoCommit(true);
            boolean told = false;
            while (!has(own, "select pg_try_" + LOCK)) {
                if (!told) {
                    LOG.info("Another node is starting; this one goes on when that is done.");
                    told = true;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
            return own;
        } catch (SQLException e) {
            throw new IllegalStateException("The database does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void giveBack() {
        Connection held = turn;
        turn = null;
        if (held == null || pool instanceof HikariDataSource closing && closing.isClosed()) {
            // A start that is refused closes the pool first, with this connection and its lock.
            return;
        }
        try (held) {
            has(held, "select pg_" + LOCK.replace("lock(", "unlock("));
        } catch (SQLException e) {
            // The connection is gone, and the lock with it.
            LOG.debug("The turn to start was given back by the database itself", e);
        }
    }

    private static boolean has(Connection own, String question) throws SQLException {
        try (Statement statement = own.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            return answer.next() && answer.getBoolean(1);
        }
    }
}
