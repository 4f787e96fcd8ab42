package org.billingtakeover.pricing;

import java.text.MessageFormat;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;

/**
 * A quote in the words of one language, ready to be shown in a table: in a form, on a page, in a mail. The words are those of
 * {@code messages/quote_{en,fr}.properties}.
 *
 * @param product the product whose payer changes
 * @param price how the price of that product comes about, now and after the change
 * @param note one sentence about the discount that the change brings or ends
 * @param validUntil the last local day on which the quote can be agreed to
 */
public record QuoteSheet(
        String number,
        String product,
        Party firm,
        Party client,
        List<Step> price,
        String note,
        String priceList,
        String validUntil) {

    /**
     * What one of the two payers pays.
     *
     * @param summary one sentence: how much a month, how much more or less, and over twelve months
     * @param lines price of each product, each tax, and the totals per month and over twelve months
     */
    public record Party(String name, String summary, List<Line> lines) {}

    /**
     * A line of what a payer pays a month, unless it says otherwise.
     *
     * @param total whether the line sums up others
     */
    public record Line(String what, String before, String after, String difference, boolean total) {}

    /**
     * A line of how the price of the moving product comes about.
     *
     * @param atListPrice what it would be for the new payer without a discount
     */
    public record Step(String what, String before, String after, String atListPrice) {}

    /** @param zone where {@code validUntil} is a local date */
    public static QuoteSheet of(Quote quote, Language language, ZoneId zone) {
        return new Writer(quote, language).write(zone);
    }

    private record Writer(Quote quote, InWords words, ResourceBundle texts) {

        private static final Pattern VERSION_OF_TABLE = Pattern.compile(" \\(v\\d+\\)$");
        private static final String NOTHING = "—";
        private static final int MONTHS = 12;

        Writer(Quote quote, Language language) {
            this(
                    quote,
                    new InWords(language),
                    ResourceBundle.getBundle(
                            "messages.quote",
                            language.locale(),
                            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES)));
        }

        QuoteSheet write(ZoneId zone) {
            return new QuoteSheet(
                    quote.number().text(),
                    text("product." + quote.moving()),
                    party(Payer.FIRM),
                    party(Payer.CLIENT),
                    price(),
                    note(),
                    priceList(),
                    words.date(LocalDate.ofInstant(quote.validUntil().minusNanos(1), zone)));
        }

        private Party party(Payer payer) {
            List<Charge> before = chargesOf(quote.before(), payer);
            List<Charge> after = chargesOf(quote.after(), payer);
            List<Line> lines = new ArrayList<>();
            for (Product product : Product.values()) {
                addLine(lines, text("product." + product), net(before, product), net(after, product));
            }
            for (String tax : taxes(before, after)) {
                addLine(lines, words.language().partOf(tax), tax(before, tax), tax(after, tax));
            }
            lines.add(total("total.month", quote.before(payer), quote.after(payer)));
            lines.add(total(
                    "total.year",
                    quote.before(payer).times(MONTHS),
                    quote.after(payer).times(MONTHS)));
            return new Party(text("party." + payer), summary(payer), List.copyOf(lines));
        }

        private void addLine(List<Line> lines, String what, Optional<Money> before, Optional<Money> after) {
            Stream.concat(before.stream(), after.stream())
                    .findFirst()
                    .map(some -> Money.zero(some.currency()))
                    .map(zero -> after.orElse(zero).minus(before.orElse(zero)))
                    .ifPresent(difference -> lines.add(
                            new Line(what, inWords(before), inWords(after), words.difference(difference), false)));
        }

        private Line total(String what, Money before, Money after) {
            return new Line(
                    text(what), words.money(before), words.money(after), words.difference(after.minus(before)), true);
        }

        private String summary(Payer payer) {
            Money difference = quote.difference(payer);
            Money size = difference.isPositive()
                    ? difference
                    : Money.zero(difference.currency()).minus(difference);
            String direction = difference.isPositive() ? "more" : size.isPositive() ? "less" : "same";
            return text(
                    "summary." + payer + "." + direction,
                    words.money(quote.after(payer)),
                    words.money(quote.before(payer)),
                    words.money(size),
                    words.money(size.times(MONTHS)));
        }

        private List<Step> price() {
            Charge before = moving(quote.before());
            Charge after = moving(quote.after());
            Charge list = quote.movingAtListPrice();
            List<Charge> all = List.of(before, after, list);
            List<Step> steps = new ArrayList<>();
            steps.add(step("step.payer", all, charge -> text("party." + charge.payer())));
            steps.add(step("step.basis", all, charge -> text("basis." + charge.basis())));
            steps.add(step("step.baseFee", all, charge -> words.money(charge.baseFee())));
            if (all.stream().anyMatch(charge -> charge.perUser().isPositive())) {
                steps.add(step("step.users", all, this::users));
            }
            steps.add(step("step.net", all, charge -> words.money(charge.net())));
            for (String tax : taxes(all, List.of())) {
                steps.add(step(words.language().partOf(tax), all, charge -> inWords(tax(List.of(charge), tax))));
            }
            steps.add(step("step.total", all, charge -> words.money(charge.total())));
            return List.copyOf(steps);
        }

        private Step step(String what, List<Charge> charges, Function<Charge, String> cell) {
            List<String> cells = charges.stream().map(cell).toList();
            return new Step(what.startsWith("step.") ? text(what) : what, cells.get(0), cells.get(1), cells.get(2));
        }

        private String users(Charge charge) {
            return text(
                    "step.usersTimesRate",
                    charge.users(),
                    words.money(charge.perUser()),
                    words.money(charge.perUser().times(charge.users())));
        }

        private String note() {
            Charge before = moving(quote.before());
            Charge after = moving(quote.after());
            Money list = quote.movingAtListPrice().net();
            if (list.isMoreThan(after.net())) {
                return text(
                        "note.discount",
                        text("basis." + after.basis()),
                        words.money(after.net()),
                        words.money(list),
                        words.money(list.minus(after.net())));
            }
            if (before.basis() == PriceBasis.WHOLESALE && after.net().isMoreThan(before.net())) {
                return text(
                        "note.wholesaleEnds",
                        words.money(after.net()),
                        words.money(before.net()),
                        words.money(after.net().minus(before.net())));
            }
            return text("note.listPrice", words.money(after.net()));
        }

        private Charge moving(List<Charge> charges) {
            return charges.stream()
                    .filter(charge -> charge.product() == quote.moving())
                    .findFirst()
                    .orElseThrow();
        }

        private String text(String key, Object... arguments) {
            return new MessageFormat(
                            texts.getString("quote." + key), words.language().locale())
                    .format(arguments);
        }

        private String inWords(Optional<Money> amount) {
            return amount.map(words::money).orElse(NOTHING);
        }

        /** As people call it: which version of the table it was is for the trail alone. */
        private String priceList() {
            return words.language()
                    .partOf(VERSION_OF_TABLE.matcher(quote.priceListVersion()).replaceFirst(""));
        }

        private static List<Charge> chargesOf(List<Charge> charges, Payer payer) {
            return charges.stream().filter(charge -> charge.payer() == payer).toList();
        }

        private static Optional<Money> net(List<Charge> charges, Product product) {
            return charges.stream()
                    .filter(charge -> charge.product() == product)
                    .map(Charge::net)
                    .findFirst();
        }

        private static Optional<Money> tax(List<Charge> charges, String name) {
            return charges.stream()
                    .flatMap(charge -> charge.taxes().stream())
                    .filter(tax -> tax.name().equals(name))
                    .map(Charge.Tax::amount)
                    .reduce(Money::plus);
        }

        private static Set<String> taxes(List<Charge> some, List<Charge> others) {
            Set<String> names = new LinkedHashSet<>();
            Stream.of(some, others)
                    .flatMap(List::stream)
                    .flatMap(charge -> charge.taxes().stream())
                    .forEach(tax -> names.add(tax.name()));
            return names;
        }
    }
}
