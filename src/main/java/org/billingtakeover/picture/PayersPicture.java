package org.billingtakeover.picture;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.billingtakeover.billing.BillingPlatform.PayerPeriod;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.picture.Svg.Pen;
import org.jspecify.annotations.Nullable;

/** Who paid for each product of a client on each day, as bands along one line of time. A day with two payers, or with none, stands out. */
public final class PayersPicture {

    private static final int WIDTH = 860;
    private static final int LEFT = 150;
    private static final int RIGHT = 30;
    private static final int BAND = 34;
    private static final int ROW = 92;
    private static final int TOP = 14;
    private static final String INK = "#1c2522";
    private static final String SOFT = "#56635e";
    private static final Pen FIRM = new Pen("#14497a", 1.5, "#e5eff8");
    private static final Pen CLIENT = new Pen("#14532d", 1.5, "#e4f1e8");
    private static final Pen WRONG = new Pen("#b3261e", 3, "#fbe7e5", "6 3");

    private final Words words;
    private final LocalDate first;
    private final LocalDate last;
    private final Svg svg = new Svg();

    private PayersPicture(Words words, LocalDate first, LocalDate last) {
        this.words = words;
        this.first = first;
        this.last = last;
    }

    /**
     * The picture's words in the reader's language.
     *
     * @param title says what is seen to who cannot see it
     * @param nobody on days that nobody pays for
     * @param twice on days that two pay for
     */
    public record Words(
            String title,
            Function<Payer, String> payer,
            String nobody,
            String twice,
            Function<LocalDate, String> date) {}

    /**
     * Days as they stand on a band.
     *
     * @param payers nobody, one, or too many
     * @param until the first day of what follows; null while nothing else is known
     */
    public record Stretch(
            List<Payer> payers, LocalDate from, @Nullable LocalDate until) {

        /** Whether exactly one pays. */
        public boolean isRight() {
            return payers.size() == 1;
        }
    }

    /** The stretches between the first day and the last, each with everybody who pays in it. */
    public static List<Stretch> stretches(List<PayerPeriod> periods) {
        TreeSet<LocalDate> borders = new TreeSet<>();
        periods.forEach(period -> {
            borders.add(period.from());
            Stream.ofNullable(period.until()).forEach(borders::add);
        });
        boolean open = periods.stream().anyMatch(period -> period.until() == null);
        List<Stretch> stretches = new ArrayList<>();
        for (LocalDate from : borders) {
            LocalDate until = borders.higher(from);
            if (until == null && !open) {
                break;
            }
            List<PayerPeriod> paying = periods.stream()
                    .filter(period -> !period.from().isAfter(from)
                            && (period.until() == null || period.until().isAfter(from)))
                    .toList();
            Stretch stretch =
                    new Stretch(paying.stream().map(PayerPeriod::payer).toList(), from, until);
            Stretch before = stretches.isEmpty() ? null : stretches.get(stretches.size() - 1);
            // A firm that hands the books to another goes on as the firm.
            if (before != null && before.isRight() && stretch.isRight() && before.payers.equals(stretch.payers)) {
                stretches.set(stretches.size() - 1, new Stretch(before.payers, before.from, until));
            } else {
                stretches.add(stretch);
            }
        }
        return stretches;
    }

    /**
     * @param bands what is known of each product, in the order to be shown
     * @param today the client's day
     * @return the SVG; says nothing where nothing is known
     */
    public static String draw(Map<String, List<PayerPeriod>> bands, LocalDate today, Words words) {
        List<LocalDate> days = bands.values().stream()
                .flatMap(List::stream)
                .flatMap(period -> Stream.of(period.from(), period.until()))
                .filter(Objects::nonNull)
                .toList();
        LocalDate first = days.stream().min(Comparator.naturalOrder()).orElse(today);
        LocalDate last = Stream.concat(days.stream(), Stream.of(today))
                .max(Comparator.naturalOrder())
                .orElse(today);
        long length = ChronoUnit.DAYS.between(first, last);
        return new PayersPicture(words, first, last.plusDays(Math.max(7, length / 4))).draw(bands, today);
    }

    private String draw(Map<String, List<PayerPeriod>> bands, LocalDate today) {
        int height = TOP + bands.size() * ROW + 24;
        double now = x(today);
        svg.path("M%s %s V%s".formatted(Svg.n(now), TOP, height - 24), new Pen(SOFT, 1, "none", "2 4"));
        svg.centred(line(words.date.apply(today), 11), now, height - 20, SOFT, false);
        double y = TOP;
        for (Map.Entry<String, List<PayerPeriod>> band : bands.entrySet()) {
            Lettering.Fitted name = Lettering.fit(band.getKey(), LEFT - 16, BAND, 13);
            svg.fromLeft(name, 4, y + (BAND - name.height()) / 2, INK);
            band(stretches(band.getValue()), y);
            y += ROW;
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" version="1.1" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img">
                <title>%3$s</title>
                <rect x="0" y="0" width="%1$d" height="%2$d" fill="white"/>
                %4$s</svg>""".formatted(WIDTH, height, Svg.escape(words.title), svg.inside());
    }

    private void band(List<Stretch> stretches, double y) {
        double[] written = {-1, -1};
        for (Stretch stretch : stretches) {
            double from = x(stretch.from);
            double until = stretch.until == null ? WIDTH - RIGHT : x(stretch.until);
            String said = stretch.isRight()
                    ? words.payer.apply(stretch.payers.get(0))
                    : stretch.payers.isEmpty() ? words.nobody : words.twice;
            svg.group(said, stretch.isRight() ? "one" : stretch.payers.isEmpty() ? "nobody" : "twice");
            Pen pen = !stretch.isRight() ? WRONG : stretch.payers.get(0) == Payer.FIRM ? FIRM : CLIENT;
            if (stretch.until == null) {
                svg.path(
                        "M%1$s %2$s H%3$s L%4$s %5$s L%3$s %6$s H%1$s Z"
                                .formatted(
                                        Svg.n(from),
                                        Svg.n(y),
                                        Svg.n(until),
                                        Svg.n(until + 14),
                                        Svg.n(y + BAND / 2.0),
                                        Svg.n(y + BAND)),
                        pen);
            } else {
                svg.rectangle(from, y, Math.max(3, until - from), BAND, 0, pen);
            }
            Lettering.Fitted inside = line(said, 13);
            if (inside.width() + 8 < until - from) {
                svg.centred(inside, (from + until) / 2, y + (BAND - inside.height()) / 2, INK, !stretch.isRight());
            }
            date(stretch.from, from, y, written);
            svg.end();
        }
        if (!stretches.isEmpty()) {
            LocalDate end = stretches.get(stretches.size() - 1).until;
            if (end != null) {
                date(end, x(end), y, written);
            }
        }
    }

    /** Beneath the band, on the second line where the first is taken. */
    private void date(LocalDate day, double x, double y, double[] written) {
        Lettering.Fitted text = line(words.date.apply(day), 11);
        double left = Math.max(LEFT, Math.min(x + 3, WIDTH - text.width() - 2));
        int row = left > written[0] ? 0 : 1;
        written[row] = left + text.width() + 8;
        svg.path(
                "M%s %s V%s".formatted(Svg.n(x), Svg.n(y + BAND), Svg.n(y + BAND + 16 + row * 15)),
                new Pen(SOFT, 1, "none"));
        svg.fromLeft(text, left, y + BAND + 4 + row * 15, INK);
    }

    private double x(LocalDate day) {
        double share = (double) ChronoUnit.DAYS.between(first, day) / Math.max(1, ChronoUnit.DAYS.between(first, last));
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private static Lettering.Fitted line(String text, double size) {
        return new Lettering.Fitted(List.of(text), size);
    }
}
