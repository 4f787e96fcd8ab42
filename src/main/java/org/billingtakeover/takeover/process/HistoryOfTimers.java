package org.billingtakeover.takeover.process;

import java.util.regex.Pattern;
import org.camunda.bpm.engine.impl.batch.history.HistoricBatchEntity;
import org.camunda.bpm.engine.impl.history.producer.CacheAwareHistoryEventProducer;
import org.jspecify.annotations.Nullable;

/** The engine takes what a timer waits for as the id of a batch and looks that up each time one begins or fires: a question less. */
final class HistoryOfTimers extends CacheAwareHistoryEventProducer {

    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

    @Override
    protected @Nullable HistoricBatchEntity getHistoricBatchById(String configuration) {
        return ID.matcher(configuration).matches() ? super.getHistoricBatchById(configuration) : null;
    }
}
