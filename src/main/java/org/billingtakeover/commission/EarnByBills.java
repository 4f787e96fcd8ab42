package org.billingtakeover.commission;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.reducing;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.billing.Bill;
import org.billingtakeover.billing.Bill.Line;
import org.billingtakeover.billing.BillNumber;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.BillingPlatform.PayerPeriod;
import org.billingtakeover.billing.PlatformBills;
import org.billingtakeover.billing.Platforms;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reads the bills that platforms have made, one after the other, and keeps what firms earn on those of their clients. No transaction is open
 * while a platform is asked; what it says is kept together with how far it was read.
 */
@Component
public class EarnByBills {

    private static final int AT_A_TIME = 100;

    private final Platforms<BillingPlatform> platforms;
    private final BillsRead read;
    private final EarnCommissions earn;
    private final Accounts accounts;
    private final TransactionTemplate transaction;

    EarnByBills(
            Platforms<BillingPlatform> platforms,
            BillsRead read,
            EarnCommissions earn,
            Accounts accounts,
            PlatformTransactionManager transactions) {
        this.platforms = platforms;
        this.read = read;
        this.earn = earn;
        this.accounts = accounts;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * Reads all that have been made since it was last done.
     *
     * @throws RuntimeException if a platform does not answer; what was read until then is kept
     */
    @Transactional(propagation = Propagation.NOT_SUPPORTED)
    public void read() {
        for (PlatformName name : PlatformName.values()) {
            BillingPlatform platform = platforms.named(name);
            platform.bills().ifPresent(bills -> read(name, platform, bills));
        }
    }

    private void read(PlatformName name, BillingPlatform platform, PlatformBills bills) {
        Optional<BillNumber> last = read.last(name);
        List<Bill> next = bills.after(last, AT_A_TIME);
        while (!next.isEmpty()) {
            List<ClientBill> earning =
                    next.stream().flatMap(bill -> earning(platform, bill)).toList();
            BillNumber now = next.get(next.size() - 1).number();
            if (!keep(name, last, now, earning)) {
                // Another node reads them.
                return;
            }
            last = Optional.of(now);
            next = bills.after(last, AT_A_TIME);
        }
    }

    private boolean keep(PlatformName name, Optional<BillNumber> last, BillNumber now, List<ClientBill> earning) {
        return Boolean.TRUE.equals(transaction.execute(running -> {
            boolean first = read.to(name, last, now);
            if (first) {
                earning.forEach(earn::earnedOn);
            }
            return first;
        }));
    }

    /** A subscription may stand on a bill several times: some days of a month, another month, something given back. */
    private Stream<ClientBill> earning(BillingPlatform platform, Bill bill) {
        if (bill.party().payer() == Payer.FIRM) {
            return Stream.empty();
        }
        CompanyId company = bill.party().company().orElseThrow();
        Map<Product, Money> net = bill.lines().stream()
                .collect(groupingBy(
                        line -> line.charge().product(),
                        LinkedHashMap::new,
                        reducing(Money.zero(bill.currency()), EarnByBills::net, Money::plus)));
        return accounts.find(bill.party().firmId(), company).stream()
                .flatMap(account -> net.entrySet().stream()
                        .flatMap(each -> clientPaysSince(platform, company, each.getKey(), bill.day()).stream()
                                .map(since -> new ClientBill(
                                        bill.party().firmId(),
                                        account.subscription(each.getKey()),
                                        bill.number().text(),
                                        each.getValue(),
                                        since,
                                        bill.day()))));
    }

    private static Money net(Line line) {
        return line.charge().net();
    }

    private static Optional<LocalDate> clientPaysSince(
            BillingPlatform platform, CompanyId company, Product product, LocalDate day) {
        return platform.history(company, product).stream()
                .filter(period ->
                        period.payer() == Payer.CLIENT && !period.from().isAfter(day))
                .map(PayerPeriod::from)
                .reduce((earlier, later) -> later);
    }
}
