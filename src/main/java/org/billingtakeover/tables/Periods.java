package org.billingtakeover.tables;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.billingtakeover.tables.Sheet.Line;

/** The rows of a table that answer one question, each for its days. */
final class Periods {

    private final Sheet sheet;
    private final String column;
    private final String what;
    private final List<Period> periods = new ArrayList<>();

    /** @param what they answer, as it stands in a sentence */
    Periods(Sheet sheet, String column, String what) {
        this.sheet = sheet;
        this.column = column;
        this.what = what;
    }

    void add(Span days, Line line) {
        periods.add(new Period(days, line));
    }

    /** Tells rows that hold on the same day. */
    void mustNotOverlap() {
        Period before = null;
        for (Period each : inOrder()) {
            if (before != null && before.days.meets(each.days)) {
                sheet.fault(
                        List.of(before.line, each.line),
                        column,
                        "both say %s, %s. End one of them on the day before the other begins, or remove it.",
                        what,
                        before.days.common(each.days).inDays());
            }
            before = before != null && before.days.last() > each.days.last() ? before : each;
        }
    }

    /** The first day on which one holds, as days since 1970. */
    long firstDay() {
        return inOrder().get(0).days.first();
    }

    /** Tells where the first one begins later than that. */
    void mustHaveBegunBy(long day) {
        Period first = inOrder().get(0);
        if (first.days.first() > day) {
            sheet.fault(
                    List.of(first.line),
                    column,
                    "nothing says %s before %s. Add a row that ends on the day before, or let this one begin earlier.",
                    what,
                    LocalDate.ofEpochDay(first.days.first()));
        }
    }

    /** Tells days between rows, and behind the last, on which none holds. */
    void mustGoOn() {
        List<Period> inOrder = inOrder();
        Period before = inOrder.get(0);
        for (Period each : inOrder) {
            if (!before.days.isOpen() && each.days.first() > before.days.last() + 1) {
                sheet.fault(
                        List.of(before.line, each.line),
                        column,
                        "nothing says %s %s. Let one of them end, or begin, so that the other follows on the next day.",
                        what,
                        new Span(before.days.last() + 1, each.days.first() - 1).inDays());
            }
            before = before.days.last() > each.days.last() ? before : each;
        }
        if (!before.days.isOpen()) {
            LocalDate next = LocalDate.ofEpochDay(before.days.last() + 1);
            sheet.fault(
                    List.of(before.line),
                    column,
                    "it ends on %s, and no row says %s from then on. Add a row with >= date(\"%s\"), or let this one go on.",
                    next.minusDays(1),
                    what,
                    next);
        }
    }

    private List<Period> inOrder() {
        return periods.stream()
                .sorted(Comparator.comparingLong((Period each) -> each.days.first())
                        .thenComparingInt(each -> each.line.number()))
                .toList();
    }

    private record Period(Span days, Line line) {}
}
