package org.billingtakeover.billing;

import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;

/**
 * What bills are expected to say of a change of payer, as far as they are about this client.
 *
 * @param changesOn the first day that the new payer pays, local date of the client
 * @param bill the new payer's first one with what moves, and with whatever else of the client it pays
 * @param givenBack what whoever paid until then gets back of what it was billed ahead; empty where nothing
 */
public record FirstBill(LocalDate changesOn, Product moving, Part bill, Optional<Part> givenBack) {

    /**
     * What one bill says of the client.
     *
     * @param day of the bill, local date of the payer
     */
    public record Part(Payer payer, LocalDate day, Currency currency, List<Days> lines) {

        /** Taxes included. */
        public Money total() {
            return lines.stream().map(days -> days.line().charge().total()).reduce(Money.zero(currency), Money::plus);
        }

        /** The days of a product that are a part of a period, by which they are charged. */
        public Optional<Days> some(Product product) {
            return of(product).filter(days -> !days.isWhole()).findFirst();
        }

        /** The whole period of a product that begins. */
        public Optional<Days> whole(Product product) {
            return of(product).filter(Days::isWhole).findFirst();
        }

        private Stream<Days> of(Product product) {
            return lines.stream().filter(days -> days.line().charge().product() == product);
        }
    }

    /** @param ofDays how many the period has by whose price they are charged */
    public record Days(Bill.Line line, int ofDays) {

        public int count() {
            return line.days();
        }

        public boolean isWhole() {
            return count() == ofDays;
        }
    }
}
