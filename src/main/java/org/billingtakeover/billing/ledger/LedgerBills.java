package org.billingtakeover.billing.ledger;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.billing.Bill;
import org.billingtakeover.billing.Bill.Line;
import org.billingtakeover.billing.Bill.Party;
import org.billingtakeover.billing.BillNumber;
import org.billingtakeover.billing.DueOnBill.Billed;
import org.billingtakeover.billing.PlatformBills;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.pricing.Charge;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The ledger's stored bills. */
@Repository
@Transactional(propagation = Propagation.REQUIRES_NEW, readOnly = true)
class LedgerBills implements PlatformBills {

    private static final String HEADING =
            "select b.number, b.payer, b.firm_id, b.company, b.day, b.currency, (select sum(total) from ledger_bill_line where bill = b.number) as total from ledger_bill b ";

    private static final String LINE = """
            select b.number, b.payer, b.firm_id, b.company as party, b.day, b.currency, l.* from ledger_bill b
                join ledger_bill_line l on l.bill = b.number
            """;

    private final JdbcClient jdbc;

    LedgerBills(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Bill> after(Optional<BillNumber> last, int most) {
        return bills(jdbc.sql(LINE + """
                        where b.number in (select number from ledger_bill where number > ? order by number limit ?)
                        order by b.number, l.id
                        """).params(last.map(LedgerBills::number).orElse(0L), most));
    }

    @Override
    public List<Bill> of(CompanyId company, Product product, LocalDate from) {
        return bills(jdbc.sql(LINE + """
                        where l.company = company_key(?) and l.product = ? and b.day >= ? order by b.day, b.number, l.id
                        """).params(company.text(), product.name(), from));
    }

    @Override
    public Optional<Bill> bill(BillNumber number) {
        return bills(jdbc.sql(LINE + "where b.number = ? order by l.id").param(number(number))).stream()
                .findFirst();
    }

    @Override
    public List<Heading> ofFirm(FirmId firm, Optional<BillNumber> before, int most) {
        return jdbc.sql(HEADING + "where b.firm_id = ? and b.number < ? order by b.number desc limit ?")
                .params(firm.text(), before.map(LedgerBills::number).orElse(Long.MAX_VALUE), most)
                .query((row, count) -> new Heading(
                        numberOf(row),
                        party(row, "company"),
                        row.getObject("day", LocalDate.class),
                        money(row, "total")))
                .list();
    }

    /** A number that is none of the ledger's is that of no bill. */
    private static long number(BillNumber number) {
        return number.text().matches("L-\\d{1,18}")
                ? Long.parseLong(number.text().substring(2))
                : 0;
    }

    private static BillNumber numberOf(ResultSet row) throws SQLException {
        return new BillNumber("L-" + row.getLong("number"));
    }

    private static List<Bill> bills(JdbcClient.StatementSpec lines) {
        Map<Long, Bill> bills = new LinkedHashMap<>();
        lines.query(row -> {
            Bill bill = bills.get(row.getLong("number"));
            if (bill == null) {
                bill = new Bill(
                        numberOf(row),
                        party(row, "party"),
                        row.getObject("day", LocalDate.class),
                        currency(row),
                        new ArrayList<>());
                bills.put(row.getLong("number"), bill);
            }
            bill.lines().add(line(row));
        });
        return List.copyOf(bills.values());
    }

    private static Party party(ResultSet row, String company) throws SQLException {
        return new Party(
                Payer.valueOf(row.getString("payer")),
                new FirmId(row.getString("firm_id")),
                Optional.ofNullable(row.getString(company)).map(CompanyId::new));
    }

    private static Line line(ResultSet row) throws SQLException {
        String[] names = array(row.getArray("tax_names"));
        BigDecimal[] amounts = array(row.getArray("tax_amounts"));
        Currency currency = currency(row);
        return new Line(
                new CompanyId(row.getString("company_id")),
                row.getString("plan"),
                new Charge(
                        Product.valueOf(row.getString("product")),
                        Payer.valueOf(row.getString("payer")),
                        PriceBasis.valueOf(row.getString("basis")),
                        row.getInt("users"),
                        money(row, "base_fee"),
                        money(row, "per_user"),
                        money(row, "net"),
                        IntStream.range(0, names.length)
                                .mapToObj(i -> new Charge.Tax(names[i], new Money(amounts[i], currency)))
                                .toList(),
                        money(row, "total")),
                row.getObject("from_day", LocalDate.class),
                row.getObject("until_day", LocalDate.class));
    }

    @SuppressWarnings("unchecked")
    private static <T> T[] array(Array array) throws SQLException {
        return (T[]) array.getArray();
    }

    private static Money money(ResultSet row, String column) throws SQLException {
        return new Money(row.getBigDecimal(column), currency(row));
    }

    private static Currency currency(ResultSet row) throws SQLException {
        return Currency.getInstance(row.getString("currency"));
    }

    /** What earlier bills of this payer say of a company's subscriptions; of a firm's bill of all companies. */
    List<BilledLine> billed(Party party, LocalDate since) {
        return jdbc.sql("""
                        select l.*, b.payer, b.currency, l.mistake is not null
                                and not exists (select from ledger_bill_line c where c.credits = l.id) as mistaken
                        from ledger_bill b join ledger_bill_line l on l.bill = b.number
                        where b.payer = :payer and b.firm_id = :firm and b.company is not distinct from :company
                            and l.until_day > :since
                        """)
                .param("payer", party.payer().name())
                .param("firm", party.firmId().text())
                .param("company", company(party))
                .param("since", since)
                .query((row, count) -> new BilledLine(
                        line(row),
                        new Billed(
                                row.getLong("id"),
                                row.getObject("from_day", LocalDate.class),
                                row.getObject("until_day", LocalDate.class),
                                row.getObject("credits") != null,
                                row.getBoolean("mistaken"))))
                .list();
    }

    /** @param mistake what the demo's desk has it do wrong there */
    record NewLine(
            Line line, @Nullable Long credits, @Nullable String mistake) {}

    record BilledLine(Line line, Billed billed) {}

    @Transactional
    public void add(Party party, LocalDate day, Currency currency, List<NewLine> lines, Instant madeAt) {
        long bill = jdbc.sql(
                        "insert into ledger_bill (payer, firm_id, company, day, currency, made_at) values (?, ?, ?, ?, ?, ?) returning number")
                .params(
                        party.payer().name(),
                        party.firmId().text(),
                        company(party),
                        day,
                        currency.getCurrencyCode(),
                        Timestamp.from(madeAt))
                .query(Long.class)
                .single();
        for (NewLine each : lines) {
            Charge charge = each.line().charge();
            jdbc.sql("""
                            insert into ledger_bill_line (bill, company_id, product, plan, users, basis, from_day, until_day, base_fee,
                                per_user, net, tax_names, tax_amounts, total, credits, mistake)
                            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                            """)
                    .params(
                            bill,
                            each.line().company().text(),
                            charge.product().name(),
                            each.line().plan(),
                            charge.users(),
                            charge.basis().name(),
                            each.line().from(),
                            each.line().until(),
                            charge.baseFee().amount(),
                            charge.perUser().amount(),
                            charge.net().amount(),
                            charge.taxes().stream().map(Charge.Tax::name).toArray(String[]::new),
                            charge.taxes().stream()
                                    .map(tax -> tax.amount().amount())
                                    .toArray(BigDecimal[]::new),
                            charge.total().amount(),
                            each.credits(),
                            each.mistake())
                    .update();
        }
    }

    private static @Nullable String company(Party party) {
        return party.company().map(CompanyId::normal).orElse(null);
    }
}
