package org.billingtakeover.metrics.web;

import java.time.Duration;
import org.billingtakeover.kernel.Language;

/** A length of time as people say it: its two largest units. */
record Span(Duration duration) {

    private static final char NO_BREAK_SPACE = '\u00a0';

    static Span of(Duration duration) {
        return new Span(duration);
    }

    String in(Language language) {
        if (duration.toDays() > 0) {
            return said(duration.toDays(), language == Language.FR ? "j" : "d", duration.toHoursPart(), "h");
        }
        if (duration.toHours() > 0) {
            return said(duration.toHours(), "h", duration.toMinutesPart(), "min");
        }
        if (duration.toMinutes() > 0) {
            return said(duration.toMinutes(), "min", duration.toSecondsPart(), "s");
        }
        return duration.toSeconds() > 0
                ? said(duration.toSeconds(), "s", 0, "")
                : said(duration.toMillis(), "ms", 0, "");
    }

    private static String said(long large, String unit, long small, String smallUnit) {
        String said = large + String.valueOf(NO_BREAK_SPACE) + unit;
        return small == 0 ? said : said + NO_BREAK_SPACE + small + NO_BREAK_SPACE + smallUnit;
    }
}
