package org.billingtakeover.billing.jdbc;

import java.time.LocalDate;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.billingtakeover.account.PayerBooks;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The books against which lists are held: what was made here, proved or listed. */
@Repository
class JdbcPayerBooks implements PayerBooks {

    private final JdbcClient jdbc;

    JdbcPayerBooks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<CompanyId, Map<Product, Entry>> of(Collection<CompanyId> companies) {
        Map<CompanyId, Map<Product, Entry>> entries = new HashMap<>();
        jdbc.sql("""
                        select company_id, product, payer, firm_id, lower(days) as since, listed from payer_period
                        where company = any (?) and not doubtful and upper_inf(days)
                        """)
                .param(companies.stream().map(CompanyId::normal).toArray(String[]::new))
                .query(row -> {
                    entries.computeIfAbsent(
                                    new CompanyId(row.getString("company_id")), company -> new EnumMap<>(Product.class))
                            .put(
                                    Product.valueOf(row.getString("product")),
                                    new Entry(
                                            Payer.valueOf(row.getString("payer")),
                                            new FirmId(row.getString("firm_id")),
                                            row.getObject("since", LocalDate.class),
                                            row.getBoolean("listed")));
                });
        return entries;
    }

    @Override
    public Map<CompanyId, Map<Product, Awaited>> awaited(Collection<CompanyId> companies) {
        Map<CompanyId, Map<Product, Awaited>> awaited = new HashMap<>();
        jdbc.sql("""
                        select company_id, product, new_payer, firm_id, effective from change_by_hand
                        where company = any (?) and step in ('TO_MAKE', 'MADE')
                        """)
                .param(companies.stream().map(CompanyId::normal).toArray(String[]::new))
                .query(row -> {
                    awaited.computeIfAbsent(
                                    new CompanyId(row.getString("company_id")), company -> new EnumMap<>(Product.class))
                            .put(
                                    Product.valueOf(row.getString("product")),
                                    new Awaited(
                                            Payer.valueOf(row.getString("new_payer")),
                                            new FirmId(row.getString("firm_id")),
                                            row.getObject("effective", LocalDate.class)));
                });
        return awaited;
    }

    @Override
    @Transactional
    public void correct(CompanyId company, Product product, Payer payer, FirmId firm, LocalDate since) {
        // What was to begin on that day or later never does.
        jdbc.sql("""
                        delete from payer_period
                        where company = ? and not doubtful and product = ? and upper_inf(days) and lower(days) >= ?
                        """).params(company.normal(), product.name(), since).update();
        jdbc.sql("""
                        update payer_period set days = daterange(lower(days), ?)
                        where company = ? and not doubtful and product = ? and upper_inf(days)
                        """).params(since, company.normal(), product.name()).update();
        jdbc.sql("""
                        insert into payer_period (company_id, product, payer, firm_id, days, listed)
                        values (?, ?, ?, ?, daterange(?, null), false)
                        """)
                .params(company.text(), product.name(), payer.name(), firm.text(), since)
                .update();
    }
}
