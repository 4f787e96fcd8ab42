package org.billingtakeover.trail.jdbc;

import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;
import org.billingtakeover.trail.Fact;
import org.billingtakeover.trail.Trail;
import org.springframework.core.Ordered;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Appends with one statement a transaction, at its very end, so that the lock on a chain is held for an instant only. */
@Repository
class JdbcTrail implements Trail {

    private final JdbcClient jdbc;
    private final Clock clock;

    JdbcTrail(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public void record(Fact fact) {
        record(fact, clock.instant());
    }

    @Override
    public void record(Fact fact, Instant at) {
        ofThisTransaction().record(fact, at);
    }

    @Override
    public <G extends Gathering> G gathering(Class<G> kind, Supplier<G> first) {
        return ofThisTransaction().gathering(kind, first);
    }

    private Gathered ofThisTransaction() {
        if (TransactionSynchronizationManager.getResource(this) instanceof AppendAtTheEnd known) {
            return known.gathered;
        }
        AppendAtTheEnd first = new AppendAtTheEnd();
        TransactionSynchronizationManager.registerSynchronization(first);
        first.resume();
        return first.gathered;
    }

    private final class AppendAtTheEnd implements TransactionSynchronization {

        final Gathered gathered = new Gathered();

        @Override
        public int getOrder() {
            return Ordered.LOWEST_PRECEDENCE;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            Gathered.Written written = gathered.written();
            if (!written.isEmpty()) {
                jdbc.sql("select audit_append(?::jsonb, ?::jsonb)")
                        .params(written.entries(), written.personal())
                        .query((row, number) -> true)
                        .single();
            }
        }

        // A transaction within this one gathers for itself.
        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(JdbcTrail.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(JdbcTrail.this, this);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(JdbcTrail.this);
        }
    }
}
