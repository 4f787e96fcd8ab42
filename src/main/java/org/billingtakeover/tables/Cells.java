package org.billingtakeover.tables;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.billingtakeover.tables.Sheet.Line;

/** Reads the cells of a table as owners write them, and tells each that cannot mean what its column asks. */
final class Cells {

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern WORDS = Pattern.compile("\"[^\"]*\"(?:\\s*,\\s*\"[^\"]*\")*");
    private static final Pattern ALL_BUT = Pattern.compile("not\\(\\s*(" + WORDS.pattern() + ")\\s*\\)");

    private static final Pattern DAY = Pattern.compile("date\\(\\s*\"([^\"]*)\"\\s*\\)");
    private static final Pattern DAY_AS_TEXT = Pattern.compile("\"([^\"]*)\"");
    private static final Pattern NUMBER = Pattern.compile("(-?\\d{1,9})");
    private static final Pattern AMOUNT = Pattern.compile("\"?(\\d{1,9}(?:\\.\\d{1,2})?)\"?");

    private final Sheet sheet;

    Cells(Sheet sheet) {
        this.sheet = sheet;
    }

    /** @param known what the column can hold; empty where an owner may add words */
    Optional<Words> words(Line line, String column, Set<String> known) {
        String cell = line.cell(column);
        if (cell.isEmpty() || cell.equals("-")) {
            return Optional.of(known.isEmpty() ? Words.ALL : new Words(false, known));
        }
        Matcher allBut = ALL_BUT.matcher(cell);
        if (!allBut.matches() && !WORDS.matcher(cell).matches()) {
            sheet.fault(
                    line,
                    column,
                    "cannot be read. Write words in quotation marks with commas between them, such as %s; not(…) for all others, or - for any.",
                    known.isEmpty() ? "\"ON\",\"QC\"" : quoted(known));
            return Optional.empty();
        }
        Set<String> words = new TreeSet<>(WORD.matcher(allBut.matches() ? allBut.group(1) : cell)
                .results()
                .map(each -> each.group(1))
                .toList());
        List<String> strange = words.stream()
                .filter(word -> !known.isEmpty() && !known.contains(word) || word.isBlank())
                .toList();
        if (!strange.isEmpty()) {
            sheet.fault(
                    line,
                    column,
                    "names %s, which does not exist. Write %s.",
                    quoted(strange),
                    known.isEmpty() ? "a word" : "one of " + quoted(known));
            return Optional.empty();
        }
        if (allBut.matches() && !known.isEmpty()) {
            Set<String> others = new TreeSet<>(known);
            others.removeAll(words);
            return Optional.of(new Words(false, others));
        }
        return Optional.of(new Words(allBut.matches(), words));
    }

    /** Words of which the row is about each one. */
    Set<String> named(Line line, String column, Set<String> known) {
        String cell = line.cell(column);
        if (!WORDS.matcher(cell).matches()) {
            sheet.fault(
                    line,
                    column,
                    "does not say what the row is about. Write it in quotation marks, such as %s.",
                    known.isEmpty() ? "\"PREMIUM\"" : quoted(known));
            return Set.of();
        }
        return words(line, column, known).map(Words::words).orElse(Set.of());
    }

    List<Span> days(Line line, String column) {
        return spans(line, column, DAY, "date(\"2026-01-01\")", Cells::day);
    }

    /** Days that the table is asked for as texts. */
    List<Span> daysAsTexts(Line line, String column) {
        return spans(line, column, DAY_AS_TEXT, "\"2026-01-01\"", Cells::day);
    }

    List<Span> numbers(Line line, String column) {
        return spans(line, column, NUMBER, "33", Long::parseLong);
    }

    private interface Value {
        /** @throws DateTimeException if there is no such day */
        long of(String text);
    }

    private List<Span> spans(Line line, String column, Pattern value, String example, Value meaning) {
        String cell = line.cell(column);
        if (cell.isEmpty() || cell.equals("-")) {
            return List.of(Span.ALL);
        }
        try {
            Optional<Span> span = span(cell, value, meaning);
            if (span.isEmpty()) {
                sheet.fault(
                        line,
                        column,
                        "cannot be read. Write >= %s, <= %s, or [%s..%s] with both ends, or - for any.",
                        example,
                        example,
                        example,
                        example);
                return List.of();
            }
            if (span.get().first() > span.get().last()) {
                sheet.fault(line, column, "ends before it begins. Exchange the two ends.");
                return List.of();
            }
            return List.of(span.get());
        } catch (DateTimeException e) {
            sheet.fault(line, column, "names a day that does not exist. Write it as %s.", example);
            return List.of();
        }
    }

    private static Optional<Span> span(String cell, Pattern value, Value meaning) {
        Matcher compared = Pattern.compile("(>=|<=|>|<|)\\s*" + value.pattern()).matcher(cell);
        if (compared.matches()) {
            long of = meaning.of(compared.group(2));
            return Optional.of(
                    switch (compared.group(1)) {
                        case ">=" -> new Span(of, Long.MAX_VALUE);
                        case ">" -> new Span(of + 1, Long.MAX_VALUE);
                        case "<=" -> new Span(Long.MIN_VALUE, of);
                        case "<" -> new Span(Long.MIN_VALUE, of - 1);
                        default -> new Span(of, of);
                    });
        }
        Matcher between = Pattern.compile(
                        "([\\[(\\]])\\s*" + value.pattern() + "\\s*\\.\\.\\s*" + value.pattern() + "\\s*([\\])\\[])")
                .matcher(cell);
        if (!between.matches()) {
            return Optional.empty();
        }
        long first = meaning.of(between.group(2));
        long last = meaning.of(between.group(3));
        return Optional.of(new Span(
                between.group(1).equals("[") ? first : first + 1,
                between.group(4).equals("]") ? last : last - 1));
    }

    private static long day(String text) {
        return LocalDate.parse(text).toEpochDay();
    }

    /** An amount of money: a number with a point, at least 0, of two decimals at most. */
    void amount(Line line, String column) {
        if (!AMOUNT.matcher(line.cell(column)).matches()) {
            sheet.fault(
                    line,
                    column,
                    "is no amount. Write at least 0.00, with a point and no more than two decimals, such as \"17.50\".");
        }
    }

    /** A text that people read. */
    Optional<String> text(Line line, String column, String example) {
        Matcher text = WORD.matcher(line.cell(column));
        if (text.matches() && !text.group(1).isBlank()) {
            return Optional.of(text.group(1));
        }
        sheet.fault(line, column, "is no text. Write it in quotation marks, such as \"%s\".", example);
        return Optional.empty();
    }

    /** A rate in per cent. */
    Optional<BigDecimal> percent(Line line, String column) {
        String cell = line.cell(column);
        if (!cell.matches("\\d{1,2}(\\.\\d{1,6})?")) {
            sheet.fault(
                    line,
                    column,
                    "is no rate. Write per cent from 0 to below 100 with a point, without quotation marks and without a sign, such as 9.975.");
            return Optional.empty();
        }
        BigDecimal percent = new BigDecimal(cell);
        if (percent.signum() > 0 && percent.compareTo(new BigDecimal("0.2")) < 0) {
            sheet.fault(
                    line,
                    column,
                    "looks like a fraction. Write per cent: %s where it is %s of the price.",
                    percent.movePointRight(2).stripTrailingZeros().toPlainString(),
                    cell);
            return Optional.empty();
        }
        return Optional.of(percent);
    }

    /** How many days something takes, from 1 to 3650. */
    Optional<Integer> countOfDays(Line line, String column) {
        String cell = line.cell(column);
        if (cell.matches("\\d{1,4}") && Integer.parseInt(cell) >= 1 && Integer.parseInt(cell) <= 3650) {
            return Optional.of(Integer.parseInt(cell));
        }
        sheet.fault(line, column, "is no count of days. Write a whole number from 1 to 3650, such as 14.");
        return Optional.empty();
    }

    /** For how many months something counts, from 1 to 120. */
    void countOfMonths(Line line, String column) {
        String cell = line.cell(column);
        if (!cell.matches("\\d{1,3}") || Integer.parseInt(cell) < 1 || Integer.parseInt(cell) > 120) {
            sheet.fault(line, column, "is no count of months. Write a whole number from 1 to 120, such as 12.");
        }
    }

    /** Days after the beginning: the text as {@link DmnDeadlines} reads it. */
    Optional<List<Integer>> daysAfter(Line line, String column) {
        Matcher text = WORD.matcher(line.cell(column));
        if (text.matches() && text.group(1).isBlank()) {
            return Optional.of(List.of());
        }
        List<Integer> days = new ArrayList<>();
        boolean ascending = text.matches() && text.group(1).matches("\\s*\\d{1,4}(\\s*,\\s*\\d{1,4})*\\s*");
        if (ascending) {
            days = Pattern.compile("\\d+")
                    .matcher(text.group(1))
                    .results()
                    .map((MatchResult each) -> Integer.valueOf(each.group()))
                    .toList();
            int last = 0;
            for (int day : days) {
                ascending = ascending && day > last;
                last = day;
            }
        }
        if (!ascending) {
            sheet.fault(
                    line,
                    column,
                    "is no list of days. Write them in quotation marks, in ascending order and with commas between them, such as \"3, 7\"; \"\" for none.");
            return Optional.empty();
        }
        return Optional.of(days);
    }

    static String quoted(Iterable<String> words) {
        List<String> quoted = new ArrayList<>();
        words.forEach(word -> quoted.add("\"" + word + "\""));
        return String.join(", ", quoted);
    }
}
