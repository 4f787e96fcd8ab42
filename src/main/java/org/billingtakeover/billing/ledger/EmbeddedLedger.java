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
import java.util.List;
import java.util.Optional;
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
                ? whyNot(order).map(Answer.Rejected::new)
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
        return makeIfDue(key).orElseGet(() -> kept(key));
    }

    private Standing kept(BookingKey key) {
        return jdbc.sql("select standing, effective, reason from ledger_booking where key = ?")
                .param(key.text())
                .query((row, number) -> standing(row))
                .optional()
                .orElseGet(Standing.Unknown::new);
    }

    private static Standing standing(ResultSet row) throws SQLException {
        return switch (row.getString("standing")) {
            case "BOOKED" -> new Standing.Booked();
            case "EFFECTIVE" -> new Standing.Effective(row.getObject("effective", LocalDate.class));
            case "LAPSED" -> new Standing.Lapsed(Rejection.valueOf(row.getString("reason")));
            default -> new Standing.Withdrawn();
        };
    }

    /** Its hour has come: the change is made with the bills of its date, as things are by now. */
    private Optional<Standing> makeIfDue(BookingKey key) {
        return jdbc.sql("""
                        select company_id, product, firm_id, new_payer, effective from ledger_booking
                        where key = ? and standing = 'BOOKED' and made_at <= ? for update
                        """)
                .params(key.text(), Timestamp.from(clock.instant()))
                .query((row, number) -> order(key, row))
                .optional()
                .map(this::make);
    }

    private static Order order(BookingKey key, ResultSet row) throws SQLException {
        return new Order(
                key,
                new CompanyId(row.getString("company_id")),
                Product.valueOf(row.getString("product")),
                new FirmId(row.getString("firm_id")),
                Payer.valueOf(row.getString("new_payer")),
                row.getObject("effective", LocalDate.class),
                ZoneOffset.UTC);
    }

    private Standing make(Order order) {
        Optional<Rejection> rejection = whyNot(order);
        if (rejection.isEmpty()) {
            change(order);
        }
        jdbc.sql("update ledger_booking set standing = ?, reason = ? where key = ?")
                .params(
                        rejection.isEmpty() ? "EFFECTIVE" : "LAPSED",
                        rejection.map(Rejection::name).orElse(null),
                        order.key().text())
                .update();
        return rejection.<Standing>map(Standing.Lapsed::new).orElseGet(() -> new Standing.Effective(order.effective()));
    }

    /** Bookings whose bills are to be made by now. */
    List<BookingKey> toBeMade(int most) {
        return jdbc.sql(
                        "select key from ledger_booking where standing = 'BOOKED' and made_at <= ? order by made_at, key limit ?")
                .params(Timestamp.from(clock.instant()), most)
                .query((row, number) -> new BookingKey(row.getString("key")))
                .list();
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public Preview preview(Order order) {
        return whyNot(order).<Preview>map(Preview.Refuses::new).orElseGet(Preview.Accepts::new);
    }

    private Optional<Rejection> whyNot(Order order) {
        Optional<PayerOfDay> last = lockLastPayer(order);
        if (last.filter(payer -> isPayingAlready(payer, order)).isPresent()) {
            return Optional.of(Rejection.ALREADY_MOVED);
        }
        if (last.filter(payer -> isRelieved(payer, order)).isEmpty()) {
            return Optional.of(
                    history(order.companyId(), order.product()).isEmpty()
                            ? Rejection.SUBSCRIPTION_UNKNOWN
                            : Rejection.PAYER_NOT_AS_EXPECTED);
        }
        if (isOtherChangeRunning(order)) {
            return Optional.of(Rejection.CHANGE_RUNNING);
        }
        Optional<Rejection> wished = desk.flatMap(each -> each.refusal(order.firmId()));
        if (wished.isPresent()) {
            return wished;
        }
        if (order.newPayer() == Payer.FIRM && !accounts.firm(order.firmId()).paymentMethodOnFile()) {
            return Optional.of(Rejection.FIRM_PAYMENT_METHOD);
        }
        return Optional.empty();
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

    private Optional<PayerOfDay> lockLastPayer(Order order) {
        return jdbc.sql("""
                        select payer, firm_id from payer_period
                        where company = company_key(?) and not doubtful and product = ? and upper_inf(days) and days @> ?
                        for update
                        """)
                .params(order.companyId().text(), order.product().name(), order.effective())
                .query((row, number) -> new PayerOfDay(Payer.valueOf(row.getString(1)), new FirmId(row.getString(2))))
                .optional();
    }

    private static boolean isPayingAlready(PayerOfDay last, Order order) {
        return last.payer() == order.newPayer() && last.firmId().equals(order.firmId());
    }

    /** A client can leave the payment to any firm that keeps its books; only the firm that pays can hand it to the client. */
    private static boolean isRelieved(PayerOfDay last, Order order) {
        return last.payer() != order.newPayer()
                && (last.payer() == Payer.CLIENT || last.firmId().equals(order.firmId()));
    }

    private void change(Order order) {
        int ended = jdbc.sql("""
                        update payer_period set days = daterange(lower(days), :day)
                        where company = company_key(:company) and not doubtful and product = :product and upper_inf(days) and lower(days) < :day
                        """)
                .param("day", order.effective())
                .param("company", order.companyId().text())
                .param("product", order.product().name())
                .update();
        if (ended == 0) {
            // The last payer began on the very same day, and no day is left to it.
            jdbc.sql("""
                            delete from payer_period
                            where company = company_key(?) and not doubtful and product = ? and upper_inf(days) and lower(days) = ?
                            """)
                    .params(order.companyId().text(), order.product().name(), order.effective())
                    .update();
        }
        jdbc.sql("""
                        insert into payer_period (company_id, product, payer, firm_id, days)
                        values (?, ?, ?, ?, daterange(?, null))
                        """)
                .params(
                        order.companyId().text(),
                        order.product().name(),
                        order.newPayer().name(),
                        order.firmId().text(),
                        order.effective())
                .update();
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
