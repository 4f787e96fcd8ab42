package org.billingtakeover.tables;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.billingtakeover.commission.CommissionTerms;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.tables.DecisionTables.Row;
import org.springframework.stereotype.Component;

@Component
class DmnCommissionTerms implements CommissionTerms {

    static final String TABLE = "commissions";

    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    private final DecisionTables tables;

    DmnCommissionTerms(DecisionTables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<Terms> of(Currency currency, LocalDate on) {
        Map<String, Object> inputs = Map.of("currency", currency.getCurrencyCode(), "on", on);
        List<Row> rows = tables.rows(TABLE, inputs);
        return rows.isEmpty() ? Optional.empty() : Optional.of(terms(tables.row(TABLE, inputs), currency));
    }

    private static Terms terms(Row row, Currency currency) {
        BigDecimal percent = row.decimal("share");
        if (percent.signum() < 0 || percent.compareTo(WHOLE) >= 0) {
            throw row.unusable("share", "per cent from 0 to below 100, such as 30,");
        }
        String months = String.valueOf(row.cells().get("months"));
        if (!months.matches("[1-9]\\d{0,2}")) {
            throw row.unusable("months", "a whole number of months above 0");
        }
        BigDecimal threshold = row.decimal("threshold");
        if (threshold.signum() < 0 || threshold.stripTrailingZeros().scale() > 2) {
            throw row.unusable("threshold", "an amount of at least 0.00 with two decimals");
        }
        return new Terms(percent, Integer.parseInt(months), new Money(threshold, currency));
    }
}
