package org.billingtakeover.metrics.prometheus;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.billingtakeover.metrics.Figures;
import org.billingtakeover.metrics.Period;
import org.billingtakeover.metrics.TellFigures;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Tells Prometheus, whenever it asks, what the page tells of the last 30 days. Codes and numbers only, nothing of anybody. */
@Component
class FiguresForPrometheus implements MultiCollector, SmartInitializingSingleton {

    private static final String NAME = "billing_takeover_";
    private static final String WITHIN = "_last_30_days";

    private final TellFigures figures;
    private final ObjectProvider<PrometheusRegistry> registry;
    private final Clock clock;

    FiguresForPrometheus(TellFigures figures, ObjectProvider<PrometheusRegistry> registry, Clock clock) {
        this.figures = figures;
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public void afterSingletonsInstantiated() {
        registry.ifAvailable(present -> present.register(this));
    }

    @Override
    public MetricSnapshots collect() {
        Figures counted = figures.of(Period.DAYS_30);
        LocalDate today = LocalDate.now(clock);
        return MetricSnapshots.of(
                byCode("open_cases", "Cases that are open now", "stage", counted.open()),
                byCode("closed_cases" + WITHIN, "Cases closed", "outcome", counted.closed()),
                byCode("declined" + WITHIN, "Said no, said nothing or took it back", "event", counted.declined()),
                byCode("refused" + WITHIN, "Not possible when requested", "reason", counted.refused()),
                gauge(
                        "step_seconds" + WITHIN,
                        "Time in each step",
                        counted.steps().stream().flatMap(FiguresForPrometheus::times)),
                gauge(
                        "step_passes" + WITHIN,
                        "How often a step was left",
                        counted.steps().stream()
                                .map(step -> point(step.passes(), "process", step.process(), "step", step.id()))),
                gauge(
                        "questions" + WITHIN,
                        "Questions to clients that ended, by the reminders sent",
                        counted.reminders().stream().flatMap(FiguresForPrometheus::answers)),
                gauge(
                        "scheduled_changes",
                        "Changes of payer that are scheduled, by the days until then at most",
                        Stream.of(
                                scheduled(counted, "1", today.plusDays(1)),
                                scheduled(counted, "7", today.plusDays(7)),
                                scheduled(counted, "31", today.plusDays(31)),
                                scheduled(counted, "any", null))),
                gauge(
                        "payouts" + WITHIN,
                        "Commission paid out, in units of the currency",
                        counted.payouts().stream()
                                .map(each -> point(
                                        each.total().amount().doubleValue(),
                                        "currency",
                                        each.total().currency().getCurrencyCode()))),
                gauge(
                        "changed_payers" + WITHIN,
                        "Changes of payer made",
                        counted.moved().stream().map(each -> moved(each, each.count()))),
                gauge(
                        "moved_monthly" + WITHIN,
                        "What the new payers pay a month, in units of the currency",
                        counted.moved().stream()
                                .map(each -> moved(each, each.monthly().amount().doubleValue()))));
    }

    private static GaugeSnapshot byCode(String name, String help, String label, Map<?, Long> counts) {
        return gauge(
                name, help, counts.entrySet().stream().map(each -> point(each.getValue(), label, code(each.getKey()))));
    }

    private static Stream<GaugeDataPointSnapshot> times(Figures.Step step) {
        return Stream.of(
                ofStep(step, "0.5", step.median().toMillis()),
                ofStep(step, "0.9", step.ninetiethPercentile().toMillis()));
    }

    private static GaugeDataPointSnapshot ofStep(Figures.Step step, String quantile, long millis) {
        return point(millis / 1000.0, "process", step.process(), "step", step.id(), "quantile", quantile);
    }

    private static Stream<GaugeDataPointSnapshot> answers(Figures.Reminders each) {
        String sent = String.valueOf(each.sent());
        return Stream.of(
                point(each.answered(), "reminders", sent, "answered", "yes"),
                point(each.unanswered(), "reminders", sent, "answered", "no"));
    }

    private static GaugeDataPointSnapshot scheduled(Figures counted, String days, @Nullable LocalDate last) {
        long cases = counted.billingDates().stream()
                .filter(each -> last == null || !each.date().isAfter(last))
                .mapToLong(Figures.BillingDate::cases)
                .sum();
        return point(cases, "within_days", days);
    }

    private static GaugeDataPointSnapshot moved(Figures.Moved moved, double value) {
        String currency = moved.monthly().currency().getCurrencyCode();
        return point(value, "way", code(moved.way()), "currency", currency);
    }

    private static GaugeSnapshot gauge(String name, String help, Stream<GaugeDataPointSnapshot> points) {
        return new GaugeSnapshot(new MetricMetadata(NAME + name, help), points.toList());
    }

    private static GaugeDataPointSnapshot point(double value, String... labels) {
        return new GaugeDataPointSnapshot(value, Labels.of(labels), null);
    }

    private static String code(Object code) {
        return String.valueOf(code).toLowerCase(Locale.ROOT);
    }
}
