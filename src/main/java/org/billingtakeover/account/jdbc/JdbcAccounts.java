package org.billingtakeover.account.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.BillingCycle;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.ClientSearch;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.account.PrimaryAdmin;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.account.SubscriptionStatus;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.PlainWords;
import org.billingtakeover.kernel.Product;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcAccounts implements Accounts {

    private static final int ROWS_AT_A_TIME = 500;

    private static final String FIRM_COLUMNS = """
            f.id as firm_id, f.name as firm_name, f.email as firm_email, f.language as firm_language,
            f.country as firm_country, f.province as firm_province, f.time_zone as firm_time_zone,
            f.currency as firm_currency, f.wholesale_billing, f.payment_method_on_file, f.bill_day, f.platform as firm_platform
            """;

    private static final String FIRM = "select " + FIRM_COLUMNS + "from firm f ";

    private static final String ACCOUNT = "select " + FIRM_COLUMNS + """
            ,                 c.id, c.company_id, coalesce(c.listed_id, c.company_id) as listed_id, c.name, c.admin_name, c.admin_email, c.language, c.country, c.province, c.time_zone,
                c.currency, c.integration_status, c.stop_date,
                o.id as online_id, o.plan as online_plan, o.users as online_users, o.payer as online_payer,
                o.price_basis as online_price_basis, o.cycle as online_cycle, o.billing_day as online_billing_day,
                o.renewal_date as online_renewal_date, o.included_in_payroll as online_included_in_payroll,
                o.status as online_status,
                t.id as time_id, t.plan as time_plan, t.users as time_users, t.payer as time_payer,
                t.price_basis as time_price_basis, t.cycle as time_cycle, t.billing_day as time_billing_day,
                t.renewal_date as time_renewal_date, t.included_in_payroll as time_included_in_payroll,
                t.status as time_status
            from client c
                join firm f on f.id = c.firm_id
                join subscription o on o.client_id = c.id and o.product = 'QUICKBOOKS_ONLINE'
                join subscription t on t.client_id = c.id and t.product = 'QUICKBOOKS_TIME'
            """;

    private static final String ON_LIST = """
            where c.firm_id = :firm
                and (:anything or c.words @@ to_tsquery('simple', :search))
                and (not :split or (select count(distinct payer) from subscription where client_id = c.id) > 1)
                and (not :stopped or c.integration_status = 'STOPPED')
                and (not :notListed or exists (
                    select from client_doubt d where d.client_id = c.id and d.kind = 'NOT_LISTED' and d.holds))
                and (:anybody or c.id = any (:among))
            """;

    private static final String URGENT_FIRST = """
            order by
                case when o.payer = t.payer then 3 when c.integration_status = 'STOPPED' then 2
                    when c.stop_date is null then 1 else 0 end,
                case when o.payer <> t.payer and c.integration_status = 'ACTIVE' then c.stop_date end,
                c.name collate "fr-CA-x-icu", c.id
            """;

    private final JdbcClient jdbc;

    /** For results of any length. */
    private final JdbcTemplate rows;

    JdbcAccounts(JdbcClient jdbc, DataSource database) {
        this.jdbc = jdbc;
        this.rows = new JdbcTemplate(database);
        rows.setFetchSize(ROWS_AT_A_TIME);
    }

    @Override
    public Firm firm(FirmId firmId) {
        return oneFirm(FIRM + "where f.id = ?", firmId);
    }

    @Override
    public Firm lockListOf(FirmId firmId) {
        return oneFirm(FIRM + "where f.id = ? for no key update of f", firmId);
    }

    private Firm oneFirm(String sql, FirmId firmId) {
        return jdbc.sql(sql)
                .param(firmId.text())
                .query(JdbcAccounts::firm)
                .optional()
                .orElseThrow(() -> new NoSuchElementException("No firm " + firmId));
    }

    @Override
    public List<Firm> firms() {
        return jdbc.sql(FIRM + "order by f.name, f.id")
                .query(JdbcAccounts::firm)
                .list();
    }

    @Override
    @Transactional
    public void save(Firm firm) {
        jdbc.sql("""
                        insert into firm (id, name, email, language, country, province, time_zone, currency,
                            wholesale_billing, payment_method_on_file, bill_day, platform)
                        values (:id, :name, :email, :language, :country, :province, :timeZone, :currency,
                            :wholesaleBilling, :paymentMethodOnFile, :billDay, :platform)
                        on conflict (id) do update set name = excluded.name, email = excluded.email,
                            language = excluded.language, country = excluded.country, province = excluded.province,
                            time_zone = excluded.time_zone, currency = excluded.currency,
                            wholesale_billing = excluded.wholesale_billing,
                            payment_method_on_file = excluded.payment_method_on_file, bill_day = excluded.bill_day,
                            platform = excluded.platform
                        where firm.* is distinct from excluded.*
                        """)
                .param("id", firm.id().text())
                .param("name", firm.name())
                .param("email", firm.email())
                .param("language", firm.language().name())
                .param("country", firm.country())
                .param("province", firm.province())
                .param("timeZone", firm.timeZone().getId())
                .param("currency", firm.currency().getCurrencyCode())
                .param("wholesaleBilling", firm.wholesaleBilling())
                .param("paymentMethodOnFile", firm.paymentMethodOnFile())
                .param("billDay", firm.billDay())
                .param("platform", firm.platform().name())
                .update();
    }

    @Override
    public List<Account> find(Collection<UUID> clientIds) {
        return jdbc.sql(ACCOUNT + "where c.id = any (?)")
                .param(clientIds.toArray(UUID[]::new))
                .query(JdbcAccounts::account)
                .list();
    }

    @Override
    public Optional<Account> find(FirmId firmId, CompanyId companyId) {
        return jdbc.sql(ACCOUNT
                        + "where c.firm_id = ? and (c.company = ? or c.listed_key = ?) order by c.doubtful limit 1")
                .params(firmId.text(), companyId.normal(), companyId.normal())
                .query(JdbcAccounts::account)
                .optional();
    }

    @Override
    public Map<CompanyId, Account> ofCompanies(FirmId firmId, Collection<CompanyId> companyIds) {
        String[] ids = companyIds.stream().map(CompanyId::normal).toArray(String[]::new);
        Map<CompanyId, Account> known = new HashMap<>();
        // One look-up in each index, and only then whose clients they are: a firm, both conditions at once, or an array
        // of which the
        // database sees how long it is, are reasons for it to read all clients.
        jdbc.sql("""
                        with named as materialized (
                            select id, firm_id, doubtful from client where company = any (array(select unnest(:ids)))
                            union
                            select id, firm_id, doubtful from client where listed_key = any (array(select unnest(:ids))))
                        """ + ACCOUNT + "where c.id in (select id from named where firm_id = :firm and not doubtful)")
                .param("firm", firmId.text())
                .param("ids", ids)
                .query(JdbcAccounts::account)
                .list()
                .forEach(account -> {
                    known.put(account.client().companyId(), account);
                    known.put(account.client().listedAs(), account);
                });
        return known;
    }

    @Override
    public Map<UUID, LocalDate> listedAsOf(Collection<UUID> clientIds) {
        Map<UUID, LocalDate> days = new HashMap<>();
        jdbc.sql("select client_id, as_of from client_listed where client_id = any (?)")
                .param(clientIds.toArray(UUID[]::new))
                .query(row -> {
                    days.put(row.getObject(1, UUID.class), row.getObject(2, LocalDate.class));
                });
        return days;
    }

    @Override
    @Transactional
    public void listed(Collection<UUID> clientIds, LocalDate asOf) {
        jdbc.sql("""
                        insert into client_listed (client_id, as_of)
                        select c.id, :asOf from unnest(:clients) as c (id) left join client_listed l on l.client_id = c.id
                        where l.as_of is null or l.as_of < :asOf order by c.id
                        on conflict (client_id) do update set as_of = excluded.as_of where client_listed.as_of < excluded.as_of
                        """)
                .param("asOf", asOf)
                .param("clients", clientIds.toArray(UUID[]::new))
                .update();
    }

    @Override
    @Transactional
    public void save(List<Account> accounts) {
        saveClients(accounts.stream().map(Account::client).toList());
        saveSubscriptions(accounts.stream()
                .flatMap(account -> Stream.of(account.online(), account.time()))
                .toList());
    }

    private void saveClients(List<Client> clients) {
        jdbc.sql("""
                        insert into client (id, firm_id, company_id, listed_id, name, admin_name, admin_email, language, country, province,
                            time_zone, currency, integration_status, stop_date)
                        select * from unnest(:ids, :firms, :companies, :listedAs, :names, :adminNames, :adminEmails, :languages, :countries,
                            :provinces, :timeZones, :currencies, :integrations, :stopDates::date[])
                        on conflict (id) do update set listed_id = excluded.listed_id, name = excluded.name, admin_name = excluded.admin_name,
                            admin_email = excluded.admin_email, language = excluded.language, country = excluded.country,
                            province = excluded.province, time_zone = excluded.time_zone, currency = excluded.currency,
                            integration_status = excluded.integration_status, stop_date = excluded.stop_date
                        where (client.listed_id, client.name, client.admin_name, client.admin_email, client.language, client.country,
                                client.province, client.time_zone, client.currency, client.integration_status, client.stop_date)
                            is distinct from (excluded.listed_id, excluded.name, excluded.admin_name, excluded.admin_email,
                                excluded.language, excluded.country, excluded.province, excluded.time_zone, excluded.currency,
                                excluded.integration_status, excluded.stop_date)
                        """)
                .param("ids", clients.stream().map(Client::id).toArray(UUID[]::new))
                .param("firms", texts(clients, Client::firmId))
                .param("companies", texts(clients, Client::companyId))
                .param("listedAs", texts(clients, JdbcAccounts::listedAs))
                .param("names", texts(clients, Client::name))
                .param("adminNames", texts(clients, client -> client.admin().name()))
                .param("adminEmails", texts(clients, client -> client.admin().email()))
                .param("languages", texts(clients, client -> client.language().name()))
                .param("countries", texts(clients, Client::country))
                .param("provinces", texts(clients, Client::province))
                .param("timeZones", texts(clients, Client::timeZone))
                .param("currencies", texts(clients, Client::currency))
                .param(
                        "integrations",
                        texts(clients, client -> client.integration().status().name()))
                .param(
                        "stopDates",
                        texts(clients, client -> client.integration().stopDate()))
                .update();
    }

    private void saveSubscriptions(List<Subscription> subscriptions) {
        jdbc.sql("""
                        insert into subscription (id, client_id, product, plan, users, payer, price_basis, cycle, billing_day,
                            renewal_date, included_in_payroll, status)
                        select * from unnest(:ids, :clients, :products, :plans, :users::int[], :payers, :priceBases, :cycles,
                            :billingDays::int[], :renewalDates::date[], :includedInPayroll::boolean[], :statuses)
                        on conflict (id) do update set plan = excluded.plan, users = excluded.users, payer = excluded.payer,
                            price_basis = excluded.price_basis, cycle = excluded.cycle, billing_day = excluded.billing_day,
                            renewal_date = excluded.renewal_date, included_in_payroll = excluded.included_in_payroll,
                            status = excluded.status
                        where subscription.* is distinct from excluded.*
                        """)
                .param("ids", subscriptions.stream().map(Subscription::id).toArray(UUID[]::new))
                .param(
                        "clients",
                        subscriptions.stream().map(Subscription::clientId).toArray(UUID[]::new))
                .param("products", texts(subscriptions, each -> each.product().name()))
                .param("plans", texts(subscriptions, Subscription::plan))
                .param("users", texts(subscriptions, Subscription::users))
                .param("payers", texts(subscriptions, each -> each.payer().name()))
                .param(
                        "priceBases",
                        texts(subscriptions, each -> each.priceBasis().name()))
                .param("cycles", texts(subscriptions, each -> each.cycle().name()))
                .param("billingDays", texts(subscriptions, Subscription::billingDay))
                .param("renewalDates", texts(subscriptions, Subscription::renewalDate))
                .param("includedInPayroll", texts(subscriptions, Subscription::includedInPayroll))
                .param("statuses", texts(subscriptions, each -> each.status().name()))
                .update();
    }

    /** Null where the firm lists the company's own number. */
    private static @Nullable CompanyId listedAs(Client client) {
        return client.listedAs().text().equals(client.companyId().text()) ? null : client.listedAs();
    }

    private static <T> @Nullable String[] texts(List<T> rows, Function<T, @Nullable Object> column) {
        return rows.stream()
                .map(column)
                .map(value -> value == null ? null : value.toString())
                .toArray(String[]::new);
    }

    @Override
    public List<Account> ofFirm(FirmId firmId, ClientSearch search, int offset, int limit) {
        return onList(ACCOUNT + ON_LIST + URGENT_FIRST + "offset :offset limit :limit", firmId, search)
                .param("offset", offset)
                .param("limit", limit)
                .query(JdbcAccounts::account)
                .list();
    }

    @Override
    public int countAtRisk(FirmId firmId, LocalDate date, Set<UUID> except) {
        return jdbc.sql("""
                        select count(*) from client c
                        join subscription o on o.client_id = c.id and o.product = 'QUICKBOOKS_ONLINE'
                        join subscription t on t.client_id = c.id and t.product = 'QUICKBOOKS_TIME'
                        where c.firm_id = ? and c.integration_status = 'ACTIVE' and c.stop_date <= ? and o.payer <> t.payer
                            and o.status <> 'CANCELLED' and t.status <> 'CANCELLED'
                            and not exists (select from client_doubt d where d.client_id = c.id and d.holds)
                            and c.id <> all (?)
                        """)
                .param(firmId.text())
                .param(date)
                .param(except.toArray(UUID[]::new))
                .query(Integer.class)
                .single();
    }

    @Override
    public int countOfFirm(FirmId firmId, ClientSearch search) {
        return onList("select count(*) from client c " + ON_LIST, firmId, search)
                .query(Integer.class)
                .single();
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void eachOfFirm(FirmId firmId, Consumer<OnList> reader) {
        rows.query(
                "select id, company_id, coalesce(listed_id, company_id) as listed_id from client where firm_id = ?",
                row -> {
                    reader.accept(new OnList(
                            row.getObject("id", UUID.class),
                            new CompanyId(row.getString("company_id")),
                            new CompanyId(row.getString("listed_id"))));
                },
                firmId.text());
    }

    private JdbcClient.StatementSpec onList(String sql, FirmId firmId, ClientSearch search) {
        Set<UUID> among = search.among();
        return jdbc.sql(sql)
                .param("firm", firmId.text())
                .param("anything", search.text().isBlank())
                .param("search", PlainWords.beginnings(search.text()))
                .param("split", search.split())
                .param("stopped", search.stopped())
                .param("notListed", search.notListed())
                .param("anybody", among == null)
                .param("among", among == null ? new UUID[0] : among.toArray(UUID[]::new));
    }

    @Override
    @Transactional
    public void changePayer(UUID subscriptionId, Payer payer, PriceBasis priceBasis) {
        changeOne(jdbc.sql("update subscription set payer = ?, price_basis = ? where id = ?")
                .params(payer.name(), priceBasis.name(), subscriptionId));
    }

    @Override
    @Transactional
    public void changeIntegration(UUID clientId, Integration integration) {
        changeOne(jdbc.sql("update client set integration_status = ?, stop_date = ? where id = ?")
                .params(integration.status().name(), integration.stopDate(), clientId));
    }

    private static void changeOne(JdbcClient.StatementSpec update) {
        if (update.update() != 1) {
            throw new NoSuchElementException("Nothing is stored under this id.");
        }
    }

    private static Account account(ResultSet row, int number) throws SQLException {
        UUID clientId = row.getObject("id", UUID.class);
        return new Account(
                firm(row, number),
                client(row, clientId),
                subscription(row, clientId, Product.QUICKBOOKS_ONLINE, "online_"),
                subscription(row, clientId, Product.QUICKBOOKS_TIME, "time_"));
    }

    private static Firm firm(ResultSet row, int number) throws SQLException {
        return new Firm(
                new FirmId(row.getString("firm_id")),
                row.getString("firm_name"),
                row.getString("firm_email"),
                Language.valueOf(row.getString("firm_language")),
                row.getString("firm_country"),
                row.getString("firm_province"),
                ZoneId.of(row.getString("firm_time_zone")),
                Currency.getInstance(row.getString("firm_currency")),
                row.getBoolean("wholesale_billing"),
                row.getBoolean("payment_method_on_file"),
                row.getInt("bill_day"),
                PlatformName.valueOf(row.getString("firm_platform")));
    }

    private static Client client(ResultSet row, UUID id) throws SQLException {
        return new Client(
                id,
                new FirmId(row.getString("firm_id")),
                new CompanyId(row.getString("company_id")),
                new CompanyId(row.getString("listed_id")),
                row.getString("name"),
                new PrimaryAdmin(row.getString("admin_name"), row.getString("admin_email")),
                Language.valueOf(row.getString("language")),
                row.getString("country"),
                row.getString("province"),
                ZoneId.of(row.getString("time_zone")),
                Currency.getInstance(row.getString("currency")),
                new Integration(
                        IntegrationStatus.valueOf(row.getString("integration_status")),
                        row.getObject("stop_date", LocalDate.class)));
    }

    private static Subscription subscription(ResultSet row, UUID clientId, Product product, String prefix)
            throws SQLException {
        return new Subscription(
                row.getObject(prefix + "id", UUID.class),
                clientId,
                product,
                row.getString(prefix + "plan"),
                row.getInt(prefix + "users"),
                Payer.valueOf(row.getString(prefix + "payer")),
                PriceBasis.valueOf(row.getString(prefix + "price_basis")),
                BillingCycle.valueOf(row.getString(prefix + "cycle")),
                row.getInt(prefix + "billing_day"),
                row.getObject(prefix + "renewal_date", LocalDate.class),
                row.getBoolean(prefix + "included_in_payroll"),
                SubscriptionStatus.valueOf(row.getString(prefix + "status")));
    }
}
