package org.billingtakeover.commission.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import org.billingtakeover.commission.CommissionPayout;
import org.billingtakeover.commission.Occasion;
import org.billingtakeover.commission.Quarter;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.TakeoverKey;

/** How amounts and payouts stand in the tables. */
final class Columns {

    private Columns() {}

    static Money money(ResultSet row, String amount) throws SQLException {
        return new Money(row.getBigDecimal(amount), Currency.getInstance(row.getString("currency")));
    }

    static CommissionPayout payout(ResultSet row) throws SQLException {
        return new CommissionPayout(
                new FirmId(row.getString("firm_id")),
                occasion(row),
                money(row, "amount"),
                row.getTimestamp("paid_at").toInstant());
    }

    private static Occasion occasion(ResultSet row) throws SQLException {
        String takeover = row.getString("takeover_key");
        return takeover == null
                ? Quarter.of(row.getString("quarter"))
                : new Occasion.OfTakeover(new TakeoverKey(takeover));
    }
}
