package org.billingtakeover.billing.ledger;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.BillingPlatform.Answer.Rejected;
import org.billingtakeover.billing.BillingPlatform.Answer.Switched;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Keeps who pays in the product's own database, so that a switch and the case that it belongs to commit together. */
@Repository
class EmbeddedLedger implements BillingPlatform {

    private final JdbcClient jdbc;
    private final Accounts accounts;
    private final LedgerDesk desk;

    EmbeddedLedger(JdbcClient jdbc, Accounts accounts, LedgerDesk desk) {
        this.jdbc = jdbc;
        this.desk = desk;
        this.accounts = accounts;
    }

    @Override
    @Transactional
    public Answer switchPayer(SwitchRequest request) {
        // Whoever asks the same at the same time waits here for the first one's answer.
        if (!claim(request)) {
            return answered(request.key().text());
        }
        Optional<Rejection> rejection = whyNot(request);
        if (rejection.isPresent()) {
            release(request.key().text());
            return new Rejected(rejection.get());
        }
        change(request);
        return new Switched(request.effective());
    }

    private boolean claim(SwitchRequest request) {
        return jdbc.sql("insert into ledger_request (key, effective) values (?, ?) on conflict (key) do nothing")
                        .params(request.key().text(), request.effective())
                        .update()
                == 1;
    }

    private Switched answered(String key) {
        return jdbc.sql("select effective from ledger_request where key = ?")
                .param(key)
                .query((row, number) -> new Switched(row.getObject(1, LocalDate.class)))
                .single();
    }

    private void release(String key) {
        jdbc.sql("delete from ledger_request where key = ?").param(key).update();
    }

    @Override
    @Transactional
    public Optional<Rejection> whyNot(SwitchRequest request) {
        Optional<PayerOfDay> last = lockLastPayer(request);
        if (last.filter(payer -> isPayingAlready(payer, request)).isPresent()) {
            return Optional.of(Rejection.ALREADY_MOVED);
        }
        if (last.filter(payer -> isRelieved(payer, request)).isEmpty()) {
            return Optional.of(
                    history(request.companyId(), request.product()).isEmpty()
                            ? Rejection.SUBSCRIPTION_UNKNOWN
                            : Rejection.PAYER_NOT_AS_EXPECTED);
        }
        Optional<Rejection> wished = desk.refusal(request.firmId());
        if (wished.isPresent()) {
            return wished;
        }
        if (request.newPayer() == Payer.FIRM && !accounts.firm(request.firmId()).paymentMethodOnFile()) {
            return Optional.of(Rejection.FIRM_PAYMENT_METHOD);
        }
        return Optional.empty();
    }

    private Optional<PayerOfDay> lockLastPayer(SwitchRequest request) {
        return jdbc.sql("""
                        select payer, firm_id from payer_period
                        where company = company_key(?) and not doubtful and product = ? and upper_inf(days) and days @> ?
                        for update
                        """)
                .params(request.companyId().text(), request.product().name(), request.effective())
                .query((row, number) -> new PayerOfDay(Payer.valueOf(row.getString(1)), new FirmId(row.getString(2))))
                .optional();
    }

    private static boolean isPayingAlready(PayerOfDay last, SwitchRequest request) {
        return last.payer() == request.newPayer() && last.firmId().equals(request.firmId());
    }

    /** A client can leave the payment to any firm that keeps its books; only the firm that pays can hand it to the client. */
    private static boolean isRelieved(PayerOfDay last, SwitchRequest request) {
        return last.payer() != request.newPayer()
                && (last.payer() == Payer.CLIENT || last.firmId().equals(request.firmId()));
    }

    private void change(SwitchRequest request) {
        // Where the last payer began on the very same day, no day is left to it.
        jdbc.sql("""
                        delete from payer_period
                        where company = company_key(?) and not doubtful and product = ? and upper_inf(days) and lower(days) = ?
                        """)
                .params(request.companyId().text(), request.product().name(), request.effective())
                .update();
        jdbc.sql("""
                        update payer_period set days = daterange(lower(days), ?)
                        where company = company_key(?) and not doubtful and product = ? and upper_inf(days)
                        """)
                .params(
                        request.effective(),
                        request.companyId().text(),
                        request.product().name())
                .update();
        jdbc.sql("""
                        insert into payer_period (company_id, product, payer, firm_id, days)
                        values (?, ?, ?, ?, daterange(?, null))
                        """)
                .params(
                        request.companyId().text(),
                        request.product().name(),
                        request.newPayer().name(),
                        request.firmId().text(),
                        request.effective())
                .update();
    }

    @Override
    public Optional<PayerOfDay> payerOn(CompanyId companyId, Product product, LocalDate day) {
        return jdbc.sql(
                        "select payer, firm_id from payer_period where company = company_key(?) and not doubtful and product = ? and days @> ?")
                .params(companyId.text(), product.name(), day)
                .query((row, number) -> new PayerOfDay(Payer.valueOf(row.getString(1)), new FirmId(row.getString(2))))
                .optional();
    }

    @Override
    public List<PayerPeriod> history(CompanyId companyId, Product product) {
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
