package org.billingtakeover.metrics.prometheus;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import org.billingtakeover.notification.Outbox;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Tells Prometheus, whenever it asks, how many mails wait and since when: the first sign of a mail server that takes none. */
@Component
class MailsForPrometheus implements MultiCollector, SmartInitializingSingleton {

    private final Outbox outbox;
    private final ObjectProvider<PrometheusRegistry> registry;

    MailsForPrometheus(Outbox outbox, ObjectProvider<PrometheusRegistry> registry) {
        this.outbox = outbox;
        this.registry = registry;
    }

    @Override
    public void afterSingletonsInstantiated() {
        registry.ifAvailable(present -> present.register(this));
    }

    @Override
    public MetricSnapshots collect() {
        Outbox.Waiting waiting = outbox.waiting();
        return MetricSnapshots.of(
                gauge("waiting_mails", "Mails that the mail server has not taken", waiting.mails()),
                gauge(
                        "waiting_mails_oldest_seconds",
                        "How long the oldest of them has waited",
                        waiting.oldest().toSeconds()));
    }

    private static GaugeSnapshot gauge(String name, String help, double value) {
        return new GaugeSnapshot(
                new MetricMetadata("billing_takeover_" + name, help),
                List.of(new GaugeDataPointSnapshot(value, Labels.EMPTY, null)));
    }
}
