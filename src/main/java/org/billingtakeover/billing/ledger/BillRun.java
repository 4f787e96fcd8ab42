package org.billingtakeover.billing.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Collator;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.billing.Bill.Line;
import org.billingtakeover.billing.Bill.Party;
import org.billingtakeover.billing.BillPeriod;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.billing.BillsDue;
import org.billingtakeover.billing.DueOnBill;
import org.billingtakeover.billing.DueOnBill.Billed;
import org.billingtakeover.billing.DueOnBill.Days;
import org.billingtakeover.billing.DueOnBill.Paid;
import org.billingtakeover.billing.PlatformDesk.Mistake;
import org.billingtakeover.billing.ledger.LedgerBills.BilledLine;
import org.billingtakeover.billing.ledger.LedgerBills.NewLine;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.pricing.Charge;
import org.billingtakeover.pricing.MakeCharge;
import org.billingtakeover.pricing.NoQuote;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the ledger's bills, day by day of each time zone: the one bill of every firm and of every client whose bill date it is. It starts
 * with the day after it first sees a time zone: what came before was billed elsewhere.
 */
@Component
class BillRun implements BillsDue {

    private static final Logger LOG = LoggerFactory.getLogger(BillRun.class);

    private static final int AT_A_TIME = 500;

    /** É stands with E, as readers of both languages look for it. */
    private static final Collator BY_NAME = Collator.getInstance(Locale.CANADA_FRENCH);

    /** Mistakes in what is charged, which is charged anew. */
    private static final Set<Mistake> CHARGED_WRONGLY = Set.of(Mistake.LIST_PRICE, Mistake.NO_TAXES);

    private final JdbcClient jdbc;
    private final Accounts accounts;
    private final LedgerBills bills;
    private final EmbeddedLedger ledger;
    private final Optional<LedgerDesk> desk;
    private final MakeCharge makeCharge;
    private final TransactionTemplate transaction;
    private final Clock clock;

    BillRun(
            JdbcClient jdbc,
            Accounts accounts,
            LedgerBills bills,
            EmbeddedLedger ledger,
            Optional<LedgerDesk> desk,
            MakeCharge makeCharge,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.bills = bills;
        this.ledger = ledger;
        this.desk = desk;
        this.makeCharge = makeCharge;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /** A day of a time zone whose bills are still to be made. */
    private record Due(ZoneId zone, LocalDate day) {}

    @Override
    public void make() {
        while (ledger.makeDue(AT_A_TIME) > 0) {}
        while (Boolean.TRUE.equals(transaction.execute(running -> makeNext()))) {}
    }

    /** Makes the bills of one day in one time zone; false if none are due. */
    private boolean makeNext() {
        Map<ZoneId, LocalDate> madeTo = madeTo();
        if (earliest(madeTo).isEmpty()) {
            return false;
        }
        // One node makes them; another one that found the same day due waits here and finds it made.
        jdbc.sql("lock table ledger_bill_run in exclusive mode").update();
        Optional<Due> due = earliest(madeTo());
        due.ifPresent(each -> {
            make(each);
            madeTo(each.zone(), each.day());
        });
        return true;
    }

    @Override
    @Transactional
    public Optional<Instant> next() {
        return madeTo().entrySet().stream()
                .map(each -> ledger.cutOff(each.getValue().plusDays(1), each.getKey()))
                .min(Instant::compareTo);
    }

    private Optional<Due> earliest(Map<ZoneId, LocalDate> madeTo) {
        return madeTo.entrySet().stream()
                .map(each -> new Due(each.getKey(), each.getValue().plusDays(1)))
                .filter(due -> !clock.instant().isBefore(ledger.cutOff(due.day(), due.zone())))
                .min((one, other) -> one.day().compareTo(other.day()));
    }

    /** Up to which day they are made, for each time zone in which somebody is billed here. */
    private Map<ZoneId, LocalDate> madeTo() {
        // From one zone to the next by the index: clients are many, and their zones few.
        Set<ZoneId> zones = jdbc.sql("""
                        with recursive zone as (
                            select min(time_zone) as name from client
                            union all
                            select (select min(c.time_zone) from client c where c.time_zone > zone.name) from zone where zone.name is not null)
                        select time_zone from firm where platform = 'LEDGER'
                        union
                        select zone.name from zone
                        where exists (
                            select from firm f
                            where f.platform = 'LEDGER' and f.id = (
                                select min(c.firm_id) from client c where c.time_zone = zone.name and c.firm_id >= f.id))
                        """).query(String.class).list().stream()
                .map(ZoneId::of)
                .collect(Collectors.toSet());
        Map<ZoneId, LocalDate> madeTo = new HashMap<>();
        jdbc.sql("select time_zone, made_to from ledger_bill_run").query(row -> {
            madeTo.put(ZoneId.of(row.getString(1)), row.getObject(2, LocalDate.class));
        });
        madeTo.keySet().retainAll(zones);
        zones.removeAll(madeTo.keySet());
        zones.forEach(zone -> madeTo.put(zone, madeTo(zone, LocalDate.ofInstant(clock.instant(), zone))));
        return madeTo;
    }

    private LocalDate madeTo(ZoneId zone, LocalDate day) {
        jdbc.sql("""
                        insert into ledger_bill_run (time_zone, made_to) values (?, ?)
                        on conflict (time_zone) do update set made_to = greatest(ledger_bill_run.made_to, excluded.made_to)
                        """).params(zone.getId(), day).update();
        return day;
    }

    private void make(Due due) {
        for (Firm firm : accounts.firms()) {
            if (firm.platform() == PlatformName.LEDGER
                    && firm.timeZone().equals(due.zone())
                    && BillingDates.next(firm.billDay(), due.day().minusDays(1)).equals(due.day())) {
                make(Party.firm(firm.id()), due.day());
            }
        }
        for (UUID client : clientsToBill(due)) {
            Account account = accounts.account(client);
            if (BillingDates.nextBill(account, Payer.CLIENT, due.day().minusDays(1))
                    .equals(due.day())) {
                make(Party.client(account.firm().id(), account.client().companyId()), due.day());
            }
        }
    }

    /** Clients that pay something, or did, and whose billing day it may be: that of a shorter month stands for those that it lacks. */
    private List<UUID> clientsToBill(Due due) {
        return jdbc.sql("""
                        select c.id from client c
                            join firm f on f.id = c.firm_id and f.platform = 'LEDGER'
                            join subscription t on t.client_id = c.id and t.product = 'QUICKBOOKS_TIME'
                        where c.time_zone = :zone
                            and (t.billing_day = :day or extract(day from t.renewal_date) = :day or :ends and greatest(t.billing_day, extract(day from t.renewal_date)) > :day)
                            and exists (
                                select from payer_period p
                                where p.company = c.company and not p.doubtful and p.payer = 'CLIENT' and p.firm_id = c.firm_id
                                    and (upper_inf(p.days) or upper(p.days) > :since))
                        order by c.id
                        """)
                .param("zone", due.zone().getId())
                .param("day", due.day().getDayOfMonth())
                .param("ends", due.day().getDayOfMonth() == due.day().lengthOfMonth())
                .param("since", DueOnBill.since(due.day()))
                .query(UUID.class)
                .list();
    }

    private void make(Party party, LocalDate day) {
        Map<CompanyId, Map<Product, List<Paid>>> paid = paid(party, day);
        Map<CompanyId, Map<Product, List<BilledLine>>> billed = new HashMap<>();
        for (BilledLine line : bills.billed(party, DueOnBill.since(day))) {
            billed.computeIfAbsent(line.line().company(), company -> new EnumMap<>(Product.class))
                    .computeIfAbsent(line.line().charge().product(), product -> new ArrayList<>())
                    .add(line);
        }
        Optional<Mistake> mistake = desk.flatMap(each -> each.mistake(party.firmId()));
        Map<Currency, List<NewLine>> lines = new LinkedHashMap<>();
        for (Account account : accountsOf(party, paid.keySet(), billed.keySet())) {
            CompanyId company = account.client().companyId();
            for (Product product : Product.values()) {
                List<Paid> days = paid.getOrDefault(company, Map.of()).getOrDefault(product, List.of());
                List<BilledLine> before = billed.getOrDefault(company, Map.of()).getOrDefault(product, List.of());
                lines(account, account.subscription(product), party, days, before, day, mistake)
                        .forEach(line -> lines.computeIfAbsent(
                                        line.line().charge().net().currency(), currency -> new ArrayList<>())
                                .add(line));
            }
        }
        lines.forEach((currency, each) -> bills.add(party, day, currency, each, clock.instant()));
    }

    /** In the order of their names, as a bill lists them. */
    private List<Account> accountsOf(Party party, Set<CompanyId> some, Set<CompanyId> others) {
        List<CompanyId> companies = new ArrayList<>(some);
        companies.addAll(others);
        Collection<Account> found = new LinkedHashMap<>(accounts.ofCompanies(party.firmId(), companies)).values();
        return found.stream()
                .distinct()
                .sorted(Comparator.comparing(account -> account.client().name(), BY_NAME))
                .toList();
    }

    /** As they are known on the day of the bill, also where it is made late. */
    private Map<CompanyId, Map<Product, List<Paid>>> paid(Party party, LocalDate day) {
        Map<CompanyId, Map<Product, List<Paid>>> paid = new HashMap<>();
        jdbc.sql("""
                        select p.company_id, p.product, lower(p.days) as from_day,
                            case when upper(p.days) <= :day then upper(p.days) end as until_day, exists (
                            select from ledger_booking b
                            where b.company = p.company and b.product = p.product and b.standing = 'EFFECTIVE'
                                and b.effective = lower(p.days) and b.new_payer = p.payer) as is_change
                        from payer_period p
                        where not p.doubtful and p.firm_id = :firm and %s and lower(p.days) <= :day
                            and (upper_inf(p.days) or upper(p.days) > :since)
                        """.formatted(
                                party.company().isPresent()
                                        ? "p.payer = 'CLIENT' and p.company = :company"
                                        : "p.payer = 'FIRM'"))
                .param("firm", party.firmId().text())
                .param("company", party.company().map(CompanyId::normal).orElse(null))
                .param("day", day)
                .param("since", DueOnBill.since(day))
                .query(row -> {
                    paid.computeIfAbsent(
                                    new CompanyId(row.getString("company_id")), company -> new EnumMap<>(Product.class))
                            .computeIfAbsent(Product.valueOf(row.getString("product")), product -> new ArrayList<>())
                            .add(paid(row));
                });
        return paid;
    }

    private static Paid paid(ResultSet row) throws SQLException {
        return new Paid(
                row.getObject("from_day", LocalDate.class),
                row.getObject("until_day", LocalDate.class),
                row.getBoolean("is_change"));
    }

    private List<NewLine> lines(
            Account account,
            Subscription subscription,
            Party party,
            List<Paid> paid,
            List<BilledLine> before,
            LocalDate day,
            Optional<Mistake> mistake) {
        List<Paid> believed =
                mistake.filter(Mistake.STILL_BILLS_OLD_PAYER::equals).isPresent()
                        ? paid.stream()
                                .map(each -> new Paid(each.from(), null, each.isChange()))
                                .toList()
                        : paid;
        List<Billed> billed = before.stream()
                .map(BilledLine::billed)
                .map(each -> mistake.isPresent() ? each.notMistaken() : each)
                .toList();
        List<NewLine> lines = new ArrayList<>();
        for (Days days : DueOnBill.of(account, subscription, party.payer(), believed, billed, day)) {
            Long credits = days.credits();
            if (credits == null) {
                charge(account, subscription, party, days, mistake).ifPresent(lines::add);
            } else if (mistake.filter(Mistake.KEEPS_REFUNDS::equals).isEmpty()) {
                before.stream()
                        .filter(line -> line.billed().line() == credits)
                        .map(line -> credit(line, days))
                        .forEach(lines::add);
            }
        }
        return lines;
    }

    private Optional<NewLine> charge(
            Account account, Subscription subscription, Party party, Days days, Optional<Mistake> mistake) {
        BillPeriod period = BillingDates.period(account, subscription, party.payer(), days.from());
        PriceBasis right = subscription.priceBasisFor(party.payer());
        PriceBasis basis = mistake.filter(Mistake.LIST_PRICE::equals).isPresent() ? PriceBasis.LIST : right;
        try {
            Charge charge = makeCharge.charge(
                    account, subscription, party.payer(), basis, days.from(), period.some(days.from(), days.until()));
            boolean withoutTaxes = mistake.filter(Mistake.NO_TAXES::equals).isPresent();
            return Optional.of(new NewLine(
                    new Line(
                            account.client().companyId(),
                            subscription.plan(),
                            withoutTaxes ? charge.withoutTaxes() : charge,
                            days.from(),
                            days.until()),
                    null,
                    mistake.filter(CHARGED_WRONGLY::contains).map(Mistake::name).orElse(null)));
        } catch (NoQuote e) {
            LOG.warn(
                    "{} of client {} cannot be billed: {}",
                    subscription.product(),
                    account.client().id(),
                    e.getMessage());
            return Optional.empty();
        }
    }

    private static NewLine credit(BilledLine line, Days days) {
        Line credited = line.line();
        return new NewLine(
                new Line(
                        credited.company(),
                        credited.plan(),
                        credited.charge()
                                .credit(
                                        BillPeriod.days(days.from(), days.until()),
                                        BillPeriod.days(credited.from(), credited.until())),
                        days.from(),
                        days.until()),
                line.billed().line(),
                null);
    }
}
