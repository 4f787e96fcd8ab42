package org.billingtakeover.takeover;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.billingtakeover.account.Account;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.billing.FirstBill;
import org.billingtakeover.billing.ForeseeFirstBill;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.pricing.Charge;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** The first bill that a case leads to, foreseen whenever it is shown: a consent binds to its quote, and this follows from the date. */
@Component
public class ExpectFirstBill {

    private final ForeseeFirstBill foresee;
    private final CalendarOfDeadlines calendar;
    private final MessageSource messages;

    ExpectFirstBill(ForeseeFirstBill foresee, CalendarOfDeadlines calendar, MessageSource messages) {
        this.foresee = foresee;
        this.calendar = calendar;
        this.messages = messages;
    }

    /**
     * Of a way, agreed or not.
     *
     * @param reader the client reads nothing of what its firm is billed
     * @return empty where no price or tax is known
     */
    public Optional<FirstBillSheet> inWords(CaseFile file, Way way, Payer reader, Language language) {
        return of(file, way)
                .map(bill -> new Writer(file.account(), bill, reader, new InWords(language))
                        .write(isAgreed(file, way), answerBy(file, way, bill.changesOn())));
    }

    /** The last day, local date of the client, on which it can still agree by the open question, where that ends before the change must be agreed. */
    Optional<LocalDate> answerBy(CaseFile file, Way way, LocalDate changesOn) {
        return file.openQuestion()
                .filter(question -> question.way() == way)
                .map(ConsentRequest::lastDay)
                .filter(day -> day.isBefore(changesOn.minusDays(1)));
    }

    Optional<FirstBill> of(CaseFile file, Way way) {
        return of(
                file.account(),
                way,
                isAgreed(file, way) ? file.state().billingDate().orElseThrow() : next(file.account(), way));
    }

    /** @param changesOn the first day that the new payer pays, local date of the client */
    public Optional<FirstBill> of(Account account, Way way, LocalDate changesOn) {
        return foresee.of(account, way.moving(), way.newPayer(), changesOn);
    }

    private static boolean isAgreed(CaseFile file, Way way) {
        return file.state().way() == way && file.state().billingDate().isPresent();
    }

    private LocalDate next(Account account, Way way) {
        return BillingDates.next(account.subscription(way.moving()), calendar.today(account.client()));
    }

    private final class Writer {

        private final Account account;
        private final FirstBill bill;
        private final Payer reader;
        private final InWords words;

        Writer(Account account, FirstBill bill, Payer reader, InWords words) {
            this.account = account;
            this.bill = bill;
            this.reader = reader;
            this.words = words;
        }

        FirstBillSheet write(boolean agreed, Optional<LocalDate> answerBy) {
            FirstBill.Part first = bill.bill();
            boolean shown = isShown(first);
            List<String> sentences = new ArrayList<>();
            String changesOn = words.date(bill.changesOn());
            sentences.add(
                    agreed
                            ? text("agreed", changesOn)
                            : answerBy.map(day -> text("openUntil." + reader, words.date(day), changesOn))
                                    .orElseGet(() -> text("open." + reader, changesOn)));
            sentences.add(
                    shown
                            ? text(
                                    "bill." + whose(first),
                                    words.date(first.day()),
                                    product(bill.moving()),
                                    words.money(first.total()))
                            : text("noBill", account.firm().name(), product(bill.moving())));
            bill.givenBack()
                    .filter(this::isShown)
                    .ifPresent(back -> back.lines().forEach(days -> sentences.add(givenBack(back, days))));
            return new FirstBillSheet(
                    List.copyOf(sentences),
                    shown ? text("caption." + whose(first), words.date(first.day())) : "",
                    shown ? rows(first) : List.of(),
                    text("note." + account.firm().platform()));
        }

        private boolean isShown(FirstBill.Part part) {
            return reader == Payer.FIRM || part.payer() == Payer.CLIENT;
        }

        private String whose(FirstBill.Part part) {
            return reader == Payer.CLIENT ? "own" : part.payer().name();
        }

        private String givenBack(FirstBill.Part back, FirstBill.Days days) {
            return text(
                    "back." + whose(back),
                    product(bill.moving()),
                    days.count(),
                    days.ofDays(),
                    span(days),
                    words.date(back.day()),
                    words.money(days.line().charge().total().negated()));
        }

        private List<FirstBillSheet.Row> rows(FirstBill.Part part) {
            List<FirstBillSheet.Row> rows = new ArrayList<>();
            Map<String, Money> taxes = new LinkedHashMap<>();
            for (FirstBill.Days days : part.lines()) {
                Charge charge = days.line().charge();
                rows.add(new FirstBillSheet.Row(
                        days.isWhole()
                                ? product(charge.product())
                                : text("some", product(charge.product()), days.count(), days.ofDays()),
                        span(days),
                        words.money(charge.net()),
                        false));
                charge.taxes().forEach(tax -> taxes.merge(tax.name(), tax.amount(), Money::plus));
            }
            taxes.forEach((name, amount) ->
                    rows.add(new FirstBillSheet.Row(words.language().partOf(name), "", words.money(amount), false)));
            rows.add(new FirstBillSheet.Row(text("total"), "", words.money(part.total()), true));
            return List.copyOf(rows);
        }

        private String span(FirstBill.Days days) {
            return text(
                    "span",
                    words.date(days.line().from()),
                    words.date(days.line().until().minusDays(1)));
        }

        private String product(Product product) {
            return messages.getMessage(
                    "quote.product." + product, null, words.language().locale());
        }

        private String text(String code, Object... arguments) {
            return messages.getMessage(
                    "firstBill." + code, arguments, words.language().locale());
        }
    }
}
