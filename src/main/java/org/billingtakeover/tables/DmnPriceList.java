package org.billingtakeover.tables;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.pricing.PriceList;
import org.billingtakeover.tables.DecisionTables.Row;
import org.billingtakeover.tables.DecisionTables.UnusableTable;
import org.springframework.stereotype.Component;

@Component
class DmnPriceList implements PriceList {

    static final String TABLE = "price-list";

    private final DecisionTables tables;

    DmnPriceList(DecisionTables tables) {
        this.tables = tables;
    }

    @Override
    public Price price(Product product, String plan, Currency currency, PriceBasis basis, LocalDate on) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put("product", product.name());
        inputs.put("plan", plan);
        inputs.put("currency", currency.getCurrencyCode());
        inputs.put("basis", basis.name());
        inputs.put("on", on);
        try {
            Row row = tables.row(TABLE, inputs);
            return new Price(
                    new Money(amount(row, "baseFee"), currency),
                    new Money(amount(row, "perUser"), currency),
                    row.text("version") + " (v" + row.version() + ")");
        } catch (UnusableTable e) {
            throw new UnknownPrice(e);
        }
    }

    private static BigDecimal amount(Row row, String column) {
        BigDecimal amount = row.decimal(column);
        if (amount.signum() < 0 || amount.stripTrailingZeros().scale() > 2) {
            throw row.unusable(column, "an amount of at least 0.00 with two decimals");
        }
        return amount;
    }
}
