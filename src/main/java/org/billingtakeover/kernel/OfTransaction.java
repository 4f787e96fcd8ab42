package org.billingtakeover.kernel;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A value that each transaction has for itself, from when it first asks until its end; whoever is in none gets a new one each time. */
public final class OfTransaction<T> {

    private final Supplier<T> first;
    private final Consumer<T> atEnd;

    /** @param first what a transaction begins with */
    public OfTransaction(Supplier<T> first) {
        this(first, value -> {});
    }

    /**
     * @param first what a transaction begins with
     * @param atEnd what it does with the value before it commits
     */
    OfTransaction(Supplier<T> first, Consumer<T> atEnd) {
        this.first = first;
        this.atEnd = atEnd;
    }

    /** That of the transaction that is open. */
    public T get() {
        return find().orElseGet(this::begin);
    }

    /** Likewise, if it has asked before. */
    @SuppressWarnings("unchecked")
    Optional<T> find() {
        return TransactionSynchronizationManager.getResource(this) instanceof OfTransaction<?>.Held known
                ? Optional.of((T) known.value)
                : Optional.empty();
    }

    private T begin() {
        T value = first.get();
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            Held held = new Held(value);
            TransactionSynchronizationManager.registerSynchronization(held);
            held.resume();
        }
        return value;
    }

    private final class Held implements TransactionSynchronization {

        private final T value;

        Held(T value) {
            this.value = value;
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            atEnd.accept(value);
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
