package org.billingtakeover.kernel;

import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A value that each transaction has for itself, from when it first asks until its end; whoever is in none gets a new one each time. */
public final class OfTransaction<T> {

    private final Supplier<T> first;

    /** @param first what a transaction begins with */
    public OfTransaction(Supplier<T> first) {
        this.first = first;
    }

    /** That of the transaction that is open. */
    @SuppressWarnings("unchecked")
    public T get() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            return first.get();
        }
        if (TransactionSynchronizationManager.getResource(this) instanceof OfTransaction<?>.Held known) {
            return (T) known.value;
        }
        Held held = new Held(first.get());
        TransactionSynchronizationManager.registerSynchronization(held);
        held.resume();
        return held.value;
    }

    private final class Held implements TransactionSynchronization {

        private final T value;

        Held(T value) {
            this.value = value;
        }

        // A transaction within this one has its own.
        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(OfTransaction.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(OfTransaction.this, this);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(OfTransaction.this);
        }
    }
}
