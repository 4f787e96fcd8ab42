package org.billingtakeover.billing.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.billing.PayerPeriods;
import org.billingtakeover.billing.PlatformBills;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps who pays in the product's own database, and is asked as a remote platform would be: outside of every case's transaction. It makes
 * the bills of a billing date at an hour of its own; until then a change can be booked and withdrawn, and what is booked is made by them.
 */
@Repository("ledger")
class EmbeddedLedger implements BillingPlatform {

    private final JdbcClient jdbc;
    private final Accounts accounts;
    private final PayerPeriods periods;
    private final LedgerBills bills;
    private final Optional<LedgerDesk> desk;
    private final Duration billsMadeAfter;
    private final Clock clock;

    /**
     * @param desk in the demo alone
     * @param billsMadeAfter the beginning of a billing date for the client, as ISO 8601 writes it; before it where negative
     */
    EmbeddedLedger(
            JdbcClient jdbc,
            Accounts accounts,
            PayerPeriods periods,
            LedgerBills bills,
            Optional<LedgerDesk> desk,
            @Value("${back-office.ledger.bills-made-after:PT2H}") String billsMadeAfter,
            Clock clock) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.periods = periods;
        this.bills = bills;
        this.desk = desk;
        this.billsMadeAfter = Duration.parse(billsMadeAfter);
        this.clock = clock;
    }

    @Override
    public Instant cutOff(LocalDate effective, ZoneId zone) {
        return BillingDates.startOf(effective, zone).plus(billsMadeAfter);
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public Answer book(Order order) {
        // Whoever orders the same at the same time waits here for the first one's answer.
        if (!claim(order)) {
            return answered(order.key());
        }
        Optional<Answer> against = against(order);
        against.ifPresent(answer -> release(order.key()));
        return against.orElseGet(Answer.Booked::new);
    }

    private Answer answered(BookingKey key) {
        Standing standing = standing(key);
        if (standing instanceof Standing.Unknown) {
            return new Answer.Rejected(Rejection.CHANGE_RUNNING);
        }
        if (standing instanceof Standing.Lapsed lapsed) {
            return new Answer.Rejected(lapsed.reason());
        }
        return standing instanceof Standing.Withdrawn
                ? new Answer.Rejected(Rejection.WITHDRAWN_THERE)
                : new Answer.Booked();
    }

    private Optional<Answer> against(Order order) {
        return clock.instant().isBefore(cutOff(order.effective(), order.zone()))
                ? Optional.ofNullable(whyNot(List.of(order)).get(order.key())).map(Answer.Rejected::new)
                : Optional.of(new Answer.TooLate());
    }

    private boolean claim(Order order) {
        return jdbc.sql("""
                                insert into ledger_booking (key, company_id, product, firm_id, new_payer, effective, made_at)
                                values (?, ?, ?, ?, ?, ?, ?)
                                on conflict do nothing
                                """).params(columns(order)).update() == 1;
    }

    private void release(BookingKey key) {
        jdbc.sql("delete from ledger_booking where key = ?").param(key.text()).update();
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public Withdrawal withdraw(Order order) {
        String standing = jdbc.sql("""
                        insert into ledger_booking as l
                            (key, company_id, product, firm_id, new_payer, effective, made_at, standing)
                        values (?, ?, ?, ?, ?, ?, ?, 'WITHDRAWN')
                        on conflict (key) do update
                            set standing = case when l.standing = 'BOOKED' and l.made_at > ? then 'WITHDRAWN' else l.standing end
                        returning standing
                        """)
                .params(columns(order))
                .param(Timestamp.from(clock.instant()))
                .query(String.class)
                .single();
        return standing.equals("EFFECTIVE") || standing.equals("BOOKED") ? Withdrawal.TOO_LATE : Withdrawal.GONE;
    }

    private List<Object> columns(Order order) {
        return List.of(
                order.key().text(),
                order.companyId().text(),
                order.product().name(),
                order.firmId().text(),
                order.newPayer().name(),
                order.effective(),
                Timestamp.from(cutOff(order.effective(), order.zone())));
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public Standing standing(BookingKey key) {
        Optional<Kept> kept = kept(key);
        if (kept.filter(Kept::isDue).isPresent()) {
            make("key = ?", key.text());
            kept = kept(key);
        }
        return kept.map(Kept::standing).orElseGet(Standing.Unknown::new);
    }

    /** @param isDue whether it is to be made by now */
    private record Kept(Standing standing, boolean isDue) {}

    private Optional<Kept> kept(BookingKey key) {
        return jdbc.sql("""
                        select standing, effective, reason, standing = 'BOOKED' and made_at <= ? as is_due
                        from ledger_booking where key = ?
                        """)
                .params(now(), key.text())
                .query((row, number) -> new Kept(standing(row), row.getBoolean("is_due")))
                .optional();
    }

    private static Standing standing(ResultSet row) throws SQLException {
        return switch (row.getString("standing")) {
            case "BOOKED" -> new Standing.Booked();
            case "EFFECTIVE" -> new Standing.Effective(row.getObject("effective", LocalDate.class));
            case "LAPSED" -> new Standing.Lapsed(Rejection.valueOf(row.getString("reason")));
            default -> new Standing.Withdrawn();
        };
    }

    /**
     * Makes changes whose hour has come, with the bills of their date, as things are by now.
     *
     * @return how many, whether or not their payer has changed
     */
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    int makeDue(int most) {
        return make(
                "key in (select key from ledger_booking where standing = 'BOOKED' and made_at <= ? order by made_at, key limit ?)",
                now(),
                most);
    }

    private int make(String which, Object... params) {
        List<Order> due = jdbc.sql("""
                        select key, company_id, product, firm_id, new_payer, effective from ledger_booking
                        where standing = 'BOOKED' and made_at <= ? and %s
                        order by company, product
                        for update
                        """.formatted(which))
                .param(now())
                .params(params)
                .query((row, number) -> order(row))
                .list();
        if (!due.isEmpty()) {
            Map<BookingKey, Rejection> rejections = whyNot(due);
            change(due.stream()
                    .filter(order -> !rejections.containsKey(order.key()))
                    .toList());
            jdbc.sql("""
                            update ledger_booking b set standing = case when m.reason is null then 'EFFECTIVE' else 'LAPSED' end, reason = m.reason
                            from unnest(?, ?) as m (key, reason) where b.key = m.key
                            """)
                    .param(texts(due, order -> order.key().text()))
                    .param(texts(
                            due,
                            order -> rejections.containsKey(order.key())
                                    ? rejections.get(order.key()).name()
                                    : null))
                    .update();
        }
        return due.size();
    }

    private static Order order(ResultSet row) throws SQLException {
        return new Order(
                new BookingKey(row.getString("key")),
                new CompanyId(row.getString("company_id")),
                Product.valueOf(row.getString("product")),
                new FirmId(row.getString("firm_id")),
                Payer.valueOf(row.getString("new_payer")),
                row.getObject("effective", LocalDate.class),
                ZoneOffset.UTC);
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public Preview preview(Order order) {
        return againstPayer(order, lockLastPayers(List.of(order)))
                .or(() -> isOtherChangeRunning(order) ? Optional.of(Rejection.CHANGE_RUNNING) : Optional.empty())
                .or(() -> againstFirm(order.firmId(), order.newPayer()))
                .<Preview>map(Preview.Refuses::new)
                .orElseGet(Preview.Accepts::new);
    }

    /** Of these changes, whose orders are kept, those that cannot be, and why. */
    private Map<BookingKey, Rejection> whyNot(List<Order> orders) {
        Map<BookingKey, PayerOfDay> payers = lockLastPayers(orders);
        Map<List<Object>, Optional<Rejection>> firms = new HashMap<>();
        Map<BookingKey, Rejection> rejections = new HashMap<>();
        for (Order order : orders) {
            againstPayer(order, payers)
                    .or(() -> firms.computeIfAbsent(
                            List.of(order.firmId(), order.newPayer()),
                            firm -> againstFirm(order.firmId(), order.newPayer())))
                    .ifPresent(rejection -> rejections.put(order.key(), rejection));
        }
        return rejections;
    }

    private Optional<Rejection> againstPayer(Order order, Map<BookingKey, PayerOfDay> payers) {
        Optional<PayerOfDay> last = Optional.ofNullable(payers.get(order.key()));
        if (last.filter(payer -> isPayingAlready(payer, order)).isPresent()) {
            return Optional.of(Rejection.ALREADY_MOVED);
        }
        if (last.filter(payer -> isRelieved(payer, order)).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                history(order.companyId(), order.product()).isEmpty()
                        ? Rejection.SUBSCRIPTION_UNKNOWN
                        : Rejection.PAYER_NOT_AS_EXPECTED);
    }

    private Optional<Rejection> againstFirm(FirmId firm, Payer newPayer) {
        return desk.flatMap(each -> each.refusal(firm))
                .or(() -> newPayer == Payer.FIRM && !accounts.firm(firm).paymentMethodOnFile()
                        ? Optional.of(Rejection.FIRM_PAYMENT_METHOD)
                        : Optional.empty());
    }

    private boolean isOtherChangeRunning(Order order) {
        return jdbc.sql("""
                        select exists (
                            select from ledger_booking
                            where company = company_key(?) and product = ? and standing = 'BOOKED' and key <> ?)
                        """)
                .params(
                        order.companyId().text(),
                        order.product().name(),
                        order.key().text())
                .query(Boolean.class)
                .single();
    }

    private Map<BookingKey, PayerOfDay> lockLastPayers(List<Order> orders) {
        Map<BookingKey, PayerOfDay> last = new HashMap<>();
        ordered("""
                        select o.key, p.payer, p.firm_id
                        from payer_period p join ordered o on p.company = o.company and p.product = o.product and p.days @> o.day
                        where p.company = any (array(select company from ordered)) and not p.doubtful and upper_inf(p.days)
                        order by p.company, p.product
                        for update of p
                        """, orders).query(row -> {
            last.put(
                    new BookingKey(row.getString("key")),
                    new PayerOfDay(Payer.valueOf(row.getString("payer")), new FirmId(row.getString("firm_id"))));
        });
        return last;
    }

    private static boolean isPayingAlready(PayerOfDay last, Order order) {
        return last.payer() == order.newPayer() && last.firmId().equals(order.firmId());
    }

    /** A client can leave the payment to any firm that keeps its books; only the firm that pays can hand it to the client. */
    private static boolean isRelieved(PayerOfDay last, Order order) {
        return last.payer() != order.newPayer()
                && (last.payer() == Payer.CLIENT || last.firmId().equals(order.firmId()));
    }

    private void change(List<Order> orders) {
        int ended = ordered("""
                        update payer_period p set days = daterange(lower(p.days), o.day)
                        from ordered o
                        where p.company = any (array(select company from ordered)) and p.company = o.company and p.product = o.product
                            and not p.doubtful and upper_inf(p.days) and lower(p.days) < o.day
                        """, orders).update();
        if (ended < orders.size()) {
            // The last payer began on the very same day, and no day is left to it.
            ordered("""
                            delete from payer_period p using ordered o
                            where p.company = any (array(select company from ordered)) and p.company = o.company and p.product = o.product
                                and not p.doubtful and upper_inf(p.days) and lower(p.days) = o.day
                            """, orders).update();
        }
        ordered("""
                        insert into payer_period (company_id, product, payer, firm_id, days)
                        select company_id, product, payer, firm_id, daterange(day, null) from ordered
                        """, orders).update();
    }

    /** A statement about the table {@code ordered} of these changes. The array has the database look companies up one by one. */
    private JdbcClient.StatementSpec ordered(String sql, List<Order> orders) {
        return jdbc.sql("""
                        with ordered as (
                            select key, company_id, company_key(company_id) as company, product, payer, firm_id, day::date
                            from unnest(?, ?, ?, ?, ?, ?) as o (key, company_id, product, payer, firm_id, day))
                        """ + sql)
                .param(texts(orders, order -> order.key().text()))
                .param(texts(orders, order -> order.companyId().text()))
                .param(texts(orders, order -> order.product().name()))
                .param(texts(orders, order -> order.newPayer().name()))
                .param(texts(orders, order -> order.firmId().text()))
                .param(texts(orders, order -> order.effective().toString()));
    }

    private static String[] texts(List<Order> orders, Function<Order, @Nullable String> text) {
        return orders.stream().map(text).toArray(String[]::new);
    }

    @Override
    public Optional<PayerOfDay> payerOn(CompanyId companyId, Product product, LocalDate day) {
        return periods.on(companyId, product, day);
    }

    @Override
    public Optional<PlatformBills> bills() {
        return Optional.of(bills);
    }

    @Override
    public List<PayerPeriod> history(CompanyId companyId, Product product) {
        return periods.of(companyId, product);
    }
}
