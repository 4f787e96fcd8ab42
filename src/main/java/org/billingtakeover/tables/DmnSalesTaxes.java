package org.billingtakeover.tables;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.billingtakeover.pricing.SalesTaxes;
import org.billingtakeover.tables.DecisionTables.Row;
import org.springframework.stereotype.Component;

@Component
class DmnSalesTaxes implements SalesTaxes {

    static final String TABLE = "sales-tax";

    /** Tables of versions that may still be in force have a sign behind the number. */
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,2}(?:\\.\\d+)?)(?:\\s?%)?");

    private final DecisionTables tables;

    DmnSalesTaxes(DecisionTables tables) {
        this.tables = tables;
    }

    @Override
    public List<SalesTax> taxes(String country, String province, LocalDate on) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put("country", country);
        inputs.put("province", province);
        inputs.put("on", on);
        List<Row> rows = tables.rows(TABLE, inputs);
        if (rows.isEmpty()) {
            throw new UnknownTaxes("The table sales-tax has no row for " + inputs
                    + ". Where no tax is due, a row with the rate 0 must say so; otherwise mend the payer's province.");
        }
        return rows.stream()
                .map(row -> new SalesTax(row.text("name"), rate(row)))
                .filter(tax -> tax.rate().signum() > 0)
                .toList();
    }

    private static BigDecimal rate(Row row) {
        Matcher percent = PERCENT.matcher(row.text("rate"));
        if (!percent.matches()) {
            throw row.unusable("rate", "per cent from 0 to below 100, such as 9.975,");
        }
        return new BigDecimal(percent.group(1)).movePointLeft(2);
    }
}
