package org.billingtakeover.billing.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.billing.Bill.Line;
import org.billingtakeover.billing.Bill.Party;
import org.billingtakeover.billing.BillNumber;
import org.billingtakeover.billing.ledger.LedgerBills.NewLine;
import org.springframework.context.ApplicationContext;

/** Has the ledger keep bills as if it had made them. */
public final class LedgerBillsForTests {

    private static final Instant MADE_AT = Instant.parse("2026-03-15T06:00:00Z");

    private final LedgerBills bills;

    public LedgerBillsForTests(ApplicationContext product) {
        this.bills = product.getBean(LedgerBills.class);
    }

    public BillNumber made(Party party, LocalDate day, Currency currency, List<Line> lines) {
        bills.add(
                party,
                day,
                currency,
                lines.stream().map(line -> new NewLine(line, null, null)).toList(),
                MADE_AT);
        return bills.ofFirm(party.firmId(), Optional.empty(), 1).get(0).number();
    }
}
