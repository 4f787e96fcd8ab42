package org.billingtakeover.billing.jdbc;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.billing.BillingPlatform.PayerOfDay;
import org.billingtakeover.billing.BillingPlatform.PayerPeriod;
import org.billingtakeover.billing.PayerPeriods;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcPayerPeriods implements PayerPeriods {

    private final JdbcClient jdbc;

    JdbcPayerPeriods(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<PayerOfDay> on(CompanyId companyId, Product product, LocalDate day) {
        return jdbc.sql(
                        "select payer, firm_id from payer_period where company = company_key(?) and not doubtful and product = ? and days @> ?")
                .params(companyId.text(), product.name(), day)
                .query((row, number) -> new PayerOfDay(Payer.valueOf(row.getString(1)), new FirmId(row.getString(2))))
                .optional();
    }

    @Override
    public List<PayerPeriod> of(CompanyId companyId, Product product) {
        return jdbc.sql("""
                        select payer, firm_id, lower(days), upper(days) from payer_period
                        where company = company_key(?) and not doubtful and product = ?
                        order by days
                        """)
                .params(companyId.text(), product.name())
                .query((row, number) -> new PayerPeriod(
                        Payer.valueOf(row.getString(1)),
                        new FirmId(row.getString(2)),
                        row.getObject(3, LocalDate.class),
                        row.getObject(4, LocalDate.class)))
                .list();
    }
}
