package org.billingtakeover.takeover;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.billing.FirstBill;
import org.billingtakeover.commission.Commissions;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.pricing.Charge;
import org.billingtakeover.pricing.NoQuote;
import org.billingtakeover.pricing.Quote;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Puts both ways and leaving the bills separate beside each other, for whoever is about to decide. */
@Component
public class CompareWays {

    private static final int MONTHS = 12;

    private final PrepareQuote prepare;
    private final CheckEligibility eligibility;
    private final Commissions commissions;
    private final CalendarOfDeadlines calendar;
    private final ExpectFirstBill firstBill;
    private final MessageSource messages;

    CompareWays(
            PrepareQuote prepare,
            CheckEligibility eligibility,
            Commissions commissions,
            CalendarOfDeadlines calendar,
            ExpectFirstBill firstBill,
            MessageSource messages) {
        this.prepare = prepare;
        this.eligibility = eligibility;
        this.commissions = commissions;
        this.calendar = calendar;
        this.firstBill = firstBill;
        this.messages = messages;
    }

    /**
     * What each choice means today: at the cost of {@code quoted} for the way that it is about, and at that of the next billing date for
     * the other. Over twelve months is twelve times that month.
     *
     * @param reader the client reads nothing of what the firm pays, has earned or lacks
     */
    public SideBySide of(CaseFile file, Quote quoted, Payer reader, Language language) {
        return new Writer(file, reader, new InWords(language)).write(quoted);
    }

    /**
     * Both ways, the one that the reader is asked about first, and leaving the bills separate.
     *
     * @param heads what the reader chooses between, three of them
     */
    public record SideBySide(List<String> heads, List<Line> lines) {}

    /** One thing that differs between the three. */
    public record Line(String what, String first, String second, String separate) {}

    /** @param quote empty where no price or tax is known */
    private record Choice(Way way, Optional<Quote> quote, LocalDate changesOn, List<Ineligibility> against) {}

    private final class Writer {

        private final CaseFile file;
        private final Account account;
        private final Payer reader;
        private final InWords words;
        private final List<Line> lines = new ArrayList<>();

        Writer(CaseFile file, Payer reader, InWords words) {
            this.file = file;
            this.account = file.account();
            this.reader = reader;
            this.words = words;
        }

        SideBySide write(Quote quoted) {
            List<Choice> choices = Stream.of(Way.values())
                    .map(way -> way.moving() == quoted.moving()
                            ? choice(way, Optional.of(quoted), Moment.CONSENT)
                            : choice(way, estimate(way), Moment.OPENING))
                    .sorted((one, other) -> Boolean.compare(
                            other.way().moving() == quoted.moving(), one.way().moving() == quoted.moving()))
                    .toList();
            Choice first = choices.get(0);
            Choice second = choices.get(1);
            for (Payer payer : reader == Payer.FIRM ? List.of(Payer.FIRM, Payer.CLIENT) : List.of(Payer.CLIENT)) {
                add(
                        text(reader == Payer.CLIENT ? "month.own" : "month." + payer),
                        month(first, payer, 1),
                        month(second, payer, 1),
                        words.money(quoted.before(payer)));
                add(
                        text("year"),
                        month(first, payer, MONTHS),
                        month(second, payer, MONTHS),
                        words.money(quoted.before(payer).times(MONTHS)));
            }
            add(text("date"), words.date(first.changesOn()), words.date(second.changesOn()), text("date.never"));
            add(text("price"), price(first), price(second), text("price.asNow"));
            add(text("firstBill"), firstBill(first), firstBill(second), text("firstBill.asNow"));
            if (reader == Payer.FIRM) {
                addCommission(first, second);
            }
            addIntegration();
            if (!first.against().isEmpty() || !second.against().isEmpty()) {
                add(text("possible"), possible(first), possible(second), text("possible.yes"));
            }
            return new SideBySide(List.of(head(first), head(second), text("head.SEPARATE")), List.copyOf(lines));
        }

        private Choice choice(Way way, Optional<Quote> quote, Moment moment) {
            return new Choice(
                    way,
                    quote,
                    BillingDates.next(account.subscription(way.moving()), calendar.today(account.client())),
                    eligibility.reasonsAgainst(file, way, moment));
        }

        private Optional<Quote> estimate(Way way) {
            try {
                return Optional.of(prepare.estimate(account, way));
            } catch (NoQuote e) {
                return Optional.empty();
            }
        }

        private String head(Choice choice) {
            return text("head." + choice.way() + "." + reader);
        }

        private String month(Choice choice, Payer payer, int months) {
            return choice.quote()
                    .map(quote -> words.money(quote.after(payer).times(months)))
                    .orElseGet(() -> text("unknown"));
        }

        /** The discount that the way brings or ends, a month before taxes; what the firm saves is not for the client. */
        private String price(Choice choice) {
            if (choice.quote().isEmpty()) {
                return text("unknown");
            }
            Quote quote = choice.quote().get();
            Charge before = moving(quote, quote.before());
            Charge after = moving(quote, quote.after());
            Money saved = quote.movingAtListPrice().net().minus(after.net());
            Money more = after.net().minus(before.net());
            if (after.basis() == PriceBasis.PROADVISOR_PREFERRED && saved.isPositive()) {
                return reader == Payer.FIRM
                        ? text("price.preferred.saving", words.money(saved))
                        : text("price.preferred");
            }
            return before.basis() == PriceBasis.WHOLESALE && more.isPositive()
                    ? text("price.wholesaleEnds", words.money(more))
                    : text("price.list");
        }

        private String firstBill(Choice choice) {
            if (reader == Payer.CLIENT && choice.way().newPayer() == Payer.FIRM) {
                return text("firstBill.none");
            }
            return firstBill
                    .of(account, choice.way(), choice.changesOn())
                    .map(FirstBill::bill)
                    .map(bill -> text(
                            "firstBill." + (reader == Payer.CLIENT ? "own" : bill.payer()),
                            words.date(bill.day()),
                            words.money(bill.total())))
                    .orElseGet(() -> text("unknown"));
        }

        private static Charge moving(Quote quote, List<Charge> charges) {
            return charges.stream()
                    .filter(charge -> charge.product() == quote.moving())
                    .findFirst()
                    .orElseThrow();
        }

        private void addCommission(Choice first, Choice second) {
            Optional<Money> balance = commissions.balance(account.firm().id());
            String what = balance.map(known -> text("commission", words.money(known)))
                    .orElseGet(() -> text("commission.notKnown"));
            boolean nothing = balance.filter(known -> !known.isPositive()).isPresent();
            add(
                    what,
                    nothing ? text("commission.nothing") : text("commission." + first.way()),
                    nothing ? text("commission.nothing") : text("commission." + second.way()),
                    nothing ? text("commission.nothing") : text("commission.SEPARATE"));
        }

        private void addIntegration() {
            Integration integration = account.client().integration();
            boolean stopped = integration.status() == IntegrationStatus.STOPPED;
            String goesOn = text(stopped ? "integration.startsAgain" : "integration.goesOn");
            String separate = stopped
                    ? text("integration.staysStopped")
                    : Optional.ofNullable(integration.stopDate())
                            .filter(date -> !date.isBefore(calendar.today(account.client())))
                            .map(date -> text("integration.stopsOn", words.date(date)))
                            .orElseGet(() -> text("integration.stops"));
            add(text("integration"), goesOn, goesOn, separate);
        }

        private String possible(Choice choice) {
            if (choice.against().isEmpty()) {
                return text("possible.yes");
            }
            return reader == Payer.FIRM
                    ? choice.against().stream().map(this::sentence).collect(Collectors.joining(" "))
                    : text("possible.no");
        }

        private String sentence(Ineligibility against) {
            String sentence = messages.getMessage(
                    "ineligible." + against.reason(),
                    null,
                    against.reason(),
                    words.language().locale());
            LocalDate from = against.possibleFrom();
            return from == null
                    ? String.valueOf(sentence)
                    : messages.getMessage(
                            "ineligible.possibleFrom",
                            new Object[] {sentence, words.date(from)},
                            words.language().locale());
        }

        private void add(String what, String first, String second, String separate) {
            lines.add(new Line(what, first, second, separate));
        }

        private String text(String code, Object... arguments) {
            return messages.getMessage(
                    "compare." + code, arguments, words.language().locale());
        }
    }
}
