package org.billingtakeover.billing;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.PayersImported;
import org.billingtakeover.account.PayersImported.Payers;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.TakeoverKey;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Cases of one firm that have nothing but bookings, each of a company of its own that pays QuickBooks Time itself. */
final class CasesThatBook {

    static final ZoneId ZONE = ZoneId.of("America/Toronto");
    static final LocalDate KNOWN_SINCE = LocalDate.of(2026, 1, 5);

    private final Bookings bookings;
    private final BillingPlatform ledger;
    private final Accounts accounts;
    private final ApplicationEventPublisher events;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Firm firm = SampleAccounts.firm("F-" + UUID.randomUUID());

    CasesThatBook(
            Bookings bookings,
            BillingPlatform ledger,
            Accounts accounts,
            ApplicationEventPublisher events,
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.bookings = bookings;
        this.ledger = ledger;
        this.accounts = accounts;
        this.events = events;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        transaction.executeWithoutResult(running -> {
            // Tests share the database, and whoever dispatches takes what is there.
            jdbc.sql("delete from booking").update();
            jdbc.sql("delete from ledger_bill_run").update();
            jdbc.sql("update firm set platform = 'BY_HAND'").update();
            accounts.save(firm);
        });
    }

    record Case(TakeoverKey key, CompanyId company) {}

    Case open() {
        Case opened = new Case(new TakeoverKey("TKO-" + UUID.randomUUID()), new CompanyId("C-" + UUID.randomUUID()));
        Account account = SampleAccounts.split(firm, opened.company().text());
        transaction.executeWithoutResult(running -> {
            accounts.save(List.of(account));
            jdbc.sql("""
                            insert into takeover (key, firm_id, client_id, company_id, way, stage, opened_by, opened_at)
                            values (?, ?, ?, ?, 'FIRM_TAKES_TIME', 'SCHEDULED', 'alice', now())
                            """)
                    .params(
                            opened.key().text(),
                            firm.id().text(),
                            account.client().id(),
                            opened.company().text())
                    .update();
        });
        events.publishEvent(new PayersImported(
                List.of(new Payers(firm.id(), opened.company(), Payer.FIRM, Payer.CLIENT, KNOWN_SINCE))));
        return opened;
    }

    void wants(Case each, LocalDate date) {
        Booking.Wish wish = new Booking.Wish(
                "FIRM_TAKES_TIME",
                PlatformName.LEDGER,
                each.company(),
                Product.QUICKBOOKS_TIME,
                firm.id(),
                Payer.FIRM,
                date,
                ZONE,
                cutOff(date));
        transaction.executeWithoutResult(running -> bookings.want(each.key(), wish, clock.instant()));
    }

    void wantsNothing(Case each) {
        transaction.executeWithoutResult(running -> bookings.wantNothing(each.key(), clock.instant()));
    }

    Instant cutOff(LocalDate date) {
        return ledger.cutOff(date, ZONE);
    }

    Booking wantedBy(Case each) {
        return bookings.wantedBy(each.key()).orElseThrow();
    }

    Booking last(Case each) {
        List<Booking> all = bookings.of(each.key());
        return all.get(all.size() - 1);
    }
}
