package org.billingtakeover.metrics.prometheus;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.util.List;
import org.billingtakeover.billing.Bookings;
import org.billingtakeover.notification.Outbox;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Tells Prometheus, whenever it asks, what waits for mail server and billing platform, and since when: the first sign of one that is gone. */
@Component
class WaitingForPrometheus implements MultiCollector, SmartInitializingSingleton {

    private final Outbox outbox;
    private final Bookings bookings;
    private final Clock clock;
    private final ObjectProvider<PrometheusRegistry> registry;

    WaitingForPrometheus(Outbox outbox, Bookings bookings, Clock clock, ObjectProvider<PrometheusRegistry> registry) {
        this.outbox = outbox;
        this.bookings = bookings;
        this.clock = clock;
        this.registry = registry;
    }

    @Override
    public void afterSingletonsInstantiated() {
        registry.ifAvailable(present -> present.register(this));
    }

    @Override
    public MetricSnapshots collect() {
        Outbox.Waiting mails = outbox.waiting();
        Bookings.Waiting unsettled = bookings.waiting(clock.instant());
        return MetricSnapshots.of(
                gauge(
                        "waiting_bookings",
                        "What the billing platform was to book, to withdraw or to confirm, and has not",
                        unsettled.bookings()),
                gauge(
                        "waiting_bookings_oldest_seconds",
                        "How long the oldest of them has waited",
                        unsettled.oldest().toSeconds()),
                gauge("waiting_mails", "Mails that the mail server has not taken", mails.mails()),
                gauge(
                        "waiting_mails_oldest_seconds",
                        "How long the oldest of them has waited",
                        mails.oldest().toSeconds()));
    }

    private static GaugeSnapshot gauge(String name, String help, double value) {
        return new GaugeSnapshot(
                new MetricMetadata("billing_takeover_" + name, help),
                List.of(new GaugeDataPointSnapshot(value, Labels.EMPTY, null)));
    }
}
