package org.billingtakeover.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Rows of one kind that a transaction adds: they are sent when it reads them, or at its end, all by one statement. Those of several kinds
 * go in the order in which the transaction came to add the first of each.
 */
public final class LateRows {

    private final JdbcOperations jdbc;
    private final String insert;
    private final OfTransaction<Waiting> ofTransaction = new OfTransaction<>(Waiting::new, Waiting::end);

    /** @param insert with the values of one row, which the driver turns into those of many */
    public LateRows(JdbcOperations jdbc, String insert) {
        this.jdbc = jdbc;
        this.insert = insert;
    }

    /** Adds a row; at once where no transaction is open, or where it is ending already. */
    public void add(@Nullable Object... values) {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            ofTransaction.get().add(values);
        } else {
            jdbc.update(insert, values);
        }
    }

    /** Sends those of this transaction that wait; for whoever is about to read. */
    public void send() {
        ofTransaction.find().ifPresent(Waiting::send);
    }

    private final class Waiting {

        private final List<@Nullable Object[]> rows = new ArrayList<>();
        private boolean isEnding;

        void add(@Nullable Object[] values) {
            if (isEnding) {
                jdbc.update(insert, values);
            } else {
                rows.add(values);
            }
        }

        void send() {
            if (!rows.isEmpty()) {
                jdbc.batchUpdate(insert, rows);
                rows.clear();
            }
        }

        void end() {
            isEnding = true;
            send();
        }
    }
}
