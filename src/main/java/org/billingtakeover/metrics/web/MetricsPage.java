package org.billingtakeover.metrics.web;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Right;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.metrics.Figures;
import org.billingtakeover.metrics.Period;
import org.billingtakeover.metrics.TellFigures;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** How take-overs go, in tables with bars: they need no script, print, and are read aloud number by number. */
@Controller
class MetricsPage {

    /** Days of which each has a line of its own; what comes later is one sum. */
    private static final int DAYS_AHEAD = 31;

    /** What is quicker than this at its ninetieth percentile waits for nobody. */
    private static final Duration WAIT = Duration.ofSeconds(1);

    private final TellFigures figures;
    private final MessageSource messages;
    private final Clock clock;

    MetricsPage(TellFigures figures, MessageSource messages, Clock clock) {
        this.figures = figures;
        this.messages = messages;
        this.clock = clock;
    }

    @GetMapping("/metrics")
    String show(
            @AuthenticationPrincipal StaffMember staff,
            @RequestParam(defaultValue = "DAYS_30") Period period,
            Model model,
            Locale locale) {
        if (!staff.may(Right.SEE_FIGURES)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        Figures counted = figures.of(period);
        List<StepLine> steps = steps(counted, locale);
        model.addAttribute("figures", counted);
        model.addAttribute("periods", Period.values());
        Duration age = Duration.between(counted.at(), clock.instant());
        model.addAttribute("age", age.compareTo(WAIT) < 0 ? null : Span.of(age).in(Language.of(locale)));
        model.addAttribute("open", lines("stage.", counted.open(), locale));
        model.addAttribute("closed", lines("outcome.", counted.closed(), locale));
        model.addAttribute("declined", lines("event.", counted.declined(), locale));
        model.addAttribute("refused", lines("ineligible.", counted.refused(), locale));
        model.addAttribute("waits", steps.stream().filter(StepLine::waits).toList());
        model.addAttribute(
                "automatic", steps.stream().filter(step -> !step.waits()).toList());
        long most = Math.max(
                1,
                counted.reminders().stream()
                        .mapToLong(each -> each.answered() + each.unanswered())
                        .max()
                        .orElse(1));
        model.addAttribute(
                "reminders",
                counted.reminders().stream()
                        .map(each -> ReminderLine.of(each, most))
                        .toList());
        LocalDate last = LocalDate.now(clock).plusDays(DAYS_AHEAD);
        List<Figures.BillingDate> soon = counted.billingDates().stream()
                .filter(each -> !each.date().isAfter(last))
                .toList();
        long largest = soon.stream().mapToLong(Figures.BillingDate::cases).max().orElse(1);
        model.addAttribute(
                "billingDates",
                soon.stream()
                        .map(each -> new DateLine(each.date(), each.cases(), percent(each.cases(), largest)))
                        .toList());
        model.addAttribute(
                "later",
                counted.billingDates().stream()
                        .filter(each -> each.date().isAfter(last))
                        .mapToLong(Figures.BillingDate::cases)
                        .sum());
        return "metrics/metrics";
    }

    private List<Line> lines(String prefix, Map<?, Long> counts, Locale locale) {
        long largest = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
        return counts.entrySet().stream()
                .map(each -> new Line(
                        word(prefix + each.getKey(), String.valueOf(each.getKey()), locale),
                        each.getValue(),
                        percent(each.getValue(), largest)))
                .toList();
    }

    private List<StepLine> steps(Figures counted, Locale locale) {
        Language language = Language.of(locale);
        long longest = counted.steps().stream()
                .mapToLong(step -> step.ninetiethPercentile().toMillis())
                .max()
                .orElse(1);
        return counted.steps().stream()
                .map(step -> new StepLine(
                        word("metrics.step." + step.id(), step.label(), locale),
                        step.passes(),
                        Span.of(step.median()).in(language),
                        Span.of(step.ninetiethPercentile()).in(language),
                        percent(step.median().toMillis(), longest),
                        percent(step.ninetiethPercentile().toMillis(), longest),
                        step.ninetiethPercentile().compareTo(WAIT) >= 0))
                .toList();
    }

    /** An owner's own step, or a reason of a table that nobody translated, says itself. */
    private String word(String code, String otherwise, Locale locale) {
        return String.valueOf(messages.getMessage(code, null, otherwise, locale));
    }

    /** In hundredths of the longest bar, so that drawing knows nothing of what is drawn. */
    private static String percent(long value, long largest) {
        return String.format(Locale.ROOT, "%.2f", 100.0 * value / Math.max(1, largest));
    }

    /** A number with its bar. */
    record Line(String label, long count, String bar) {}

    record StepLine(
            String label,
            long passes,
            String median,
            String ninetiethPercentile,
            String medianBar,
            String ninetiethBar,
            boolean waits) {}

    record ReminderLine(int sent, long answered, long unanswered, String answeredBar, String wholeBar) {

        static ReminderLine of(Figures.Reminders each, long most) {
            return new ReminderLine(
                    each.sent(),
                    each.answered(),
                    each.unanswered(),
                    percent(each.answered(), most),
                    percent(each.answered() + each.unanswered(), most));
        }
    }

    record DateLine(LocalDate date, long cases, String bar) {}
}
