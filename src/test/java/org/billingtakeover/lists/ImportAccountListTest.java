package org.billingtakeover.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.AccountChanged;
import org.billingtakeover.account.AccountTest;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.BillingArrangement;
import org.billingtakeover.account.BillingCycle;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.CompanySpellings;
import org.billingtakeover.account.Difference;
import org.billingtakeover.account.Doubts;
import org.billingtakeover.account.Doubts.Kind;
import org.billingtakeover.account.Doubts.PayerDoubt;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.PayerBooks;
import org.billingtakeover.account.PayersImported;
import org.billingtakeover.account.PayersImported.Payers;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.account.PrimaryAdmin;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.account.SubscriptionStatus;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.PlainWords;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.lists.ImportAccountList.Course;
import org.billingtakeover.lists.ImportAccountList.Progress;
import org.billingtakeover.lists.ImportResult.Missing;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;
import org.springframework.transaction.support.TransactionTemplate;

@AccountTest
@RecordApplicationEvents
class ImportAccountListTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 5, 4);
    private static final Claim AS_OF_TODAY = new Claim(TODAY, false);
    private static final Claim WHOLE = new Claim(TODAY, true);
    private static final Course NOT_FOLLOWED = (progress, soFar) -> {};

    @Autowired
    private ImportAccountList importList;

    @Autowired
    private Accounts accounts;

    @Autowired
    private Doubts doubts;

    @Autowired
    private CompanySpellings spellings;

    @Autowired
    private PayerBooks books;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private HikariDataSource database;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private ApplicationEvents events;

    /** Each test works on a firm of its own. */
    private final Firm firm = SampleAccounts.firm("F-" + UUID.randomUUID());

    /** Of the companies of all tests, which have the same ids, there is one arrangement. */
    @BeforeEach
    void addFirm() {
        change("truncate client, payer_period cascade");
        accounts.save(firm);
    }

    @Test
    @DisplayName(
            "S1 a client whose firm pays QuickBooks Online and who pays Time itself is split, at risk from a known date")
    void s1() throws Exception {
        ImportResult result = run(ListFile.empty().withSplit("C-1"));

        assertThat(result.added()).isEqualTo(1);
        Account account = account("C-1");
        assertThat(account.arrangement()).isEqualTo(BillingArrangement.SPLIT);
        assertThat(account.client().integration())
                .isEqualTo(new Integration(IntegrationStatus.ACTIVE, TODAY.plusDays(30)));
        assertThat(account.online().priceBasis()).isEqualTo(PriceBasis.WHOLESALE);
        assertThat(account.time().priceBasis()).isEqualTo(PriceBasis.LIST);
    }

    @Test
    @DisplayName("S2 a client with one payer is not split, and nothing is at risk")
    void s2() throws Exception {
        run(ListFile.empty()
                .with("Company ID", "C-1", "Time payer", "firm", "Stop date", "2026-06-30")
                .with("Company ID", "C-2", "QBO payer", "client"));

        assertThat(account("C-1").arrangement()).isEqualTo(BillingArrangement.FIRM_PAYS_ALL);
        assertThat(account("C-1").client().integration()).isEqualTo(new Integration(IntegrationStatus.ACTIVE, null));
        assertThat(account("C-1").time().priceBasis()).isEqualTo(PriceBasis.PROADVISOR_PREFERRED);
        assertThat(account("C-2").arrangement()).isEqualTo(BillingArrangement.CLIENT_PAYS_ALL);
        assertThat(account("C-2").client().integration()).isEqualTo(new Integration(IntegrationStatus.ACTIVE, null));
    }

    @Test
    @DisplayName("S3 a client who pays QuickBooks Online itself while the firm pays Time is split the other way round")
    void s3() throws Exception {
        run(ListFile.empty().with("QBO payer", "client", "Time payer", "firm"));

        assertThat(account("C-1").arrangement()).isEqualTo(BillingArrangement.SPLIT);
        assertThat(account("C-1").online().payer()).isEqualTo(Payer.CLIENT);
    }

    @Test
    void everyColumnArrivesInTheAccount() throws Exception {
        run(ListFile.empty()
                .with(
                        "Time zone", "America/Vancouver",
                        "Stop date", "2026-07-15",
                        "Time cycle", "annual",
                        "Time renewal date", "2027-01-31",
                        "Time in payroll", "yes",
                        "Time status", "past due"));

        Account account = account("C-1");
        Client client = account.client();
        assertThat(client)
                .returns("Atelier Beauséjour", Client::name)
                .returns(new PrimaryAdmin("Mireille Gagnon", "mireille.gagnon@example.ca"), Client::admin)
                .returns(Language.FR, Client::language)
                .returns("CA", Client::country)
                .returns("QC", Client::province)
                .returns(java.time.ZoneId.of("America/Vancouver"), Client::timeZone)
                .returns(java.util.Currency.getInstance("CAD"), Client::currency)
                .returns(LocalDate.of(2026, 7, 15), each -> each.integration().stopDate());
        assertThat(account.online())
                .returns("Plus", Subscription::plan)
                .returns(3, Subscription::users)
                .returns(12, Subscription::billingDay)
                .returns(BillingCycle.MONTHLY, Subscription::cycle)
                .returns(SubscriptionStatus.ACTIVE, Subscription::status);
        assertThat(account.time())
                .returns("Premium", Subscription::plan)
                .returns(8, Subscription::users)
                .returns(20, Subscription::billingDay)
                .returns(BillingCycle.ANNUAL, Subscription::cycle)
                .returns(LocalDate.of(2027, 1, 31), Subscription::renewalDate)
                .returns(true, Subscription::includedInPayroll)
                .returns(SubscriptionStatus.PAST_DUE, Subscription::status);
    }

    @Test
    void importingTheSameFileTwiceWritesNothing() throws Exception {
        ListFile list = ListFile.empty()
                .withSplit("C-1", "C-2")
                .with("Company ID", "C-3", "Time payer", "firm")
                .with("Company ID", "C-4", "Time cycle", "annual", "Time renewal date", "2027-01-31");
        run(list);
        List<String> before = rowVersions();
        events.clear();

        ImportResult again = run(list);

        assertThat(again.unchanged()).isEqualTo(again.linesRead()).isEqualTo(4);
        assertThat(rowVersions()).isEqualTo(before);
        assertThat(events.stream(PayersImported.class)).isEmpty();
        assertThat(events.stream(AccountChanged.class)).isEmpty();
    }

    @Test
    void dryRunCountsWithoutWriting() throws Exception {
        run(ListFile.empty().withSplit("C-1", "C-2"));
        events.clear();
        List<String> before = rowVersions();

        ImportResult result = importList.run(
                firm.id(),
                ListFile.empty()
                        .withSplit("C-1", "C-3")
                        .with("Company ID", "C-2", "Time users", "9")
                        .with("Company ID", "C-4", "Currency", "EUR")
                        .file(),
                AS_OF_TODAY,
                true,
                "alice",
                NOT_FOLLOWED);

        assertThat(result)
                .returns(true, ImportResult::dryRun)
                .returns(1, ImportResult::added)
                .returns(1, ImportResult::changed)
                .returns(1, ImportResult::unchanged)
                .returns(1, ImportResult::badLines);
        assertThat(rowVersions()).isEqualTo(before);
        assertThat(events.stream(PayersImported.class)).isEmpty();
        assertThat(events.stream(AccountChanged.class)).isEmpty();
        assertThat(database.getHikariPoolMXBean().getActiveConnections()).isZero();
    }

    @Test
    @DisplayName(
            "a dry run tells which clients would change, and what of each from what to what; the first hundred of many")
    void dryRunTellsWhatWouldChange() throws Exception {
        run(ListFile.empty().withSplit("C-1", "C-2"));

        ImportResult result = importList.run(
                firm.id(),
                ListFile.empty()
                        .withSplit("C-1")
                        .with(
                                "Company ID", "C-2",
                                "Primary admin e-mail", "other@example.ca",
                                "Stop date", "2026-07-15",
                                "Time users", "9",
                                "Time status", "past due")
                        .file(),
                AS_OF_TODAY,
                true,
                "alice",
                NOT_FOLLOWED);

        assertThat(result.changes()).singleElement().satisfies(change -> {
            assertThat(change.listedAs().text()).isEqualTo("C-2");
            assertThat(change.differences())
                    .extracting(Difference::column, Difference::before, Difference::now)
                    .containsExactly(
                            tuple("ADMIN_EMAIL", "mireille.gagnon@example.ca", "other@example.ca"),
                            tuple(
                                    "STOP_DATE",
                                    String.valueOf(account("C-2")
                                            .client()
                                            .integration()
                                            .stopDate()),
                                    "2026-07-15"),
                            tuple("TIME_USERS", "8", "9"),
                            tuple("TIME_STATUS", "ACTIVE", "PAST_DUE"));
        });

        String[] many = IntStream.range(0, ImportResult.CHANGES_KEPT + 2)
                .mapToObj(each -> "M-" + each)
                .toArray(String[]::new);
        run(ListFile.empty().withSplit(many));
        ListFile others = ListFile.empty();
        for (String each : many) {
            others = others.with("Company ID", each, "Time users", "9");
        }
        assertThat(importList.run(firm.id(), others.file(), AS_OF_TODAY, true, "alice", NOT_FOLLOWED))
                .returns(many.length, ImportResult::changed)
                .returns(ImportResult.CHANGES_KEPT, each -> each.changes().size());
    }

    @Test
    void goodLinesAreKeptAndEachBadValueIsReportedWithItsPlace() throws Exception {
        ImportResult result = run(ListFile.empty()
                .withSplit("C-1")
                .with("Company ID", "C-2", "Primary admin e-mail", "mireille", "Time users", "many")
                .withSplit("C-3"));

        assertThat(result.added()).isEqualTo(2);
        assertThat(result.badLines()).isEqualTo(1);
        assertThat(result.problems())
                .extracting(LineProblem::line, LineProblem::column, LineProblem::value, LineProblem::fault)
                .containsExactly(
                        tuple(3L, "Primary admin e-mail", "mireille", ListFault.NOT_AN_EMAIL),
                        tuple(3L, "Time users", "many", ListFault.NOT_A_WHOLE_NUMBER));
        assertThat(accounts.countOfFirm(firm.id(), "")).isEqualTo(2);
    }

    @Test
    void secondLineOfACompanyIsBadAndTheFirstCounts() throws Exception {
        ImportResult result = run(ListFile.empty()
                .with("Company ID", "C-1", "Time users", "5")
                .with("Company ID", "C-1", "Time users", "6"));

        assertThat(result.problems())
                .containsExactly(new LineProblem(3, "Company ID", "C-1", ListFault.TWICE_IN_FILE, List.of("2")));
        assertThat(account("C-1").time().users()).isEqualTo(5);
    }

    @Test
    void clientWithoutOneOfTheProductsIsLeftOutAndNotAnError() throws Exception {
        ImportResult result = run(ListFile.empty()
                .with(withoutTime("C-1"))
                .with(
                        "Company ID", "C-2",
                        "QBO plan", "",
                        "QBO users", "",
                        "QBO payer", "",
                        "QBO billing day", "",
                        "QBO status", ""));

        assertThat(result.leftOut()).isEqualTo(Map.of(Product.QUICKBOOKS_TIME, 1, Product.QUICKBOOKS_ONLINE, 1));
        assertThat(result.hasBadLines()).isFalse();
        assertThat(accounts.countOfFirm(firm.id(), "")).isZero();
    }

    @Test
    void knownClientThatIsListedWithoutTimeHasCancelledIt() throws Exception {
        run(ListFile.empty().withSplit("C-1"));
        Account before = account("C-1");
        events.clear();

        ImportResult result = run(ListFile.empty().with(withoutTime("C-1")));

        assertThat(result.changed()).isEqualTo(1);
        assertThat(account("C-1")).isEqualTo(before.without(Product.QUICKBOOKS_TIME));
        assertThat(account("C-1").time().status()).isEqualTo(SubscriptionStatus.CANCELLED);
        assertThat(events.stream(AccountChanged.class))
                .containsExactly(new AccountChanged(
                        before.client().id(), List.of(new Difference("TIME_STATUS", "ACTIVE", "CANCELLED"))));
        assertThat(run(ListFile.empty().with(withoutTime("C-1"))).unchanged()).isEqualTo(1);
    }

    @Test
    @DisplayName("S105 a line whose lookups failed changes nothing of a known client, and tells no case")
    void s105() throws Exception {
        importList.run(firm.id(), ListFile.ofCase("na-base"), AS_OF_TODAY, false, "alice", NOT_FOLLOWED);
        Account before = account("NA-1");
        events.clear();

        for (String list : List.of("na-time-lookup-failed", "na-question-mark", "error-cells-real")) {
            ImportResult result =
                    importList.run(firm.id(), ListFile.ofCase(list), AS_OF_TODAY, false, "alice", NOT_FOLLOWED);
            assertThat(result.badLines()).isEqualTo(result.linesRead()).isPositive();
        }

        assertThat(account("NA-1")).isEqualTo(before);
        assertThat(accounts.countOfFirm(firm.id(), "")).isEqualTo(6);
        assertThat(events.stream(AccountChanged.class)).isEmpty();
    }

    @Test
    @DisplayName(
            "S106 a company that is listed again under another spelling of its id stays one, shown as first listed")
    void s106Spelling() throws Exception {
        run(ListFile.empty().withSplit("C-900", "00123"));

        ImportResult again = run(
                ListFile.empty().with("Company ID", "Ｃ–900", "Time users", "9").with("Company ID", "=\"00123\""));

        assertThat(again).returns(1, ImportResult::changed).returns(1, ImportResult::unchanged);
        assertThat(accounts.countOfFirm(firm.id(), "")).isEqualTo(2);
        assertThat(account("c-900").time().users()).isEqualTo(9);
        assertThat(account("c-900").client().companyId().text()).isEqualTo("C-900");
    }

    @Test
    @DisplayName("S106 an id that differs from a listed one by leading zeros alone is a doubtful line")
    void s106Zeros() throws Exception {
        run(ListFile.empty().withSplit("00123", "7"));

        ImportResult again = run(ListFile.empty().withSplit("123", "0123", "007", "00123", "0"));

        assertThat(again.problems())
                .extracting(LineProblem::line, LineProblem::value, LineProblem::fault)
                .containsExactly(
                        tuple(2L, "123", ListFault.DOUBTFUL_KNOWN_ID),
                        tuple(3L, "0123", ListFault.DOUBTFUL_ID),
                        tuple(4L, "007", ListFault.DOUBTFUL_KNOWN_ID),
                        tuple(5L, "00123", ListFault.DOUBTFUL_ID));
        assertThat(again.added()).isEqualTo(1);
        assertThat(accounts.countOfFirm(firm.id(), "")).isEqualTo(3);
    }

    @Test
    @DisplayName("S106 the database compares ids in the same form as the code")
    void s106SameFormInTheDatabase() {
        StringBuilder different = new StringBuilder();
        for (int from = 1; from < 0x3000; from += 64) {
            for (int sign = from; sign < from + 64; sign++) {
                if (Character.getType(sign) == Character.UNASSIGNED || sign > 0x500 && sign < 0x2000) {
                    continue;
                }
                String id = "A-" + Character.toString(sign) + "9";
                String normal = jdbc.sql("select company_key(?)")
                        .param(id)
                        .query(String.class)
                        .single();
                if (!normal.equals(new CompanyId(id).normal())) {
                    different.append(Integer.toHexString(sign)).append(' ');
                }
            }
        }
        assertThat(different).isEmpty();
        for (String id : List.of("=\"00123\"", "'007", "\"A\"", "=\"\"", "Ｃ－９００", "a\"b", "x'y", "")) {
            assertThat(jdbc.sql("select company_key(?)")
                            .param(id)
                            .query(String.class)
                            .single())
                    .isEqualTo(new CompanyId(id).normal());
        }
    }

    @Test
    void stopDateInThePastIsTakenWithAWarning() throws Exception {
        ImportResult result =
                importList.run(firm.id(), ListFile.ofCase("stop-date-past"), AS_OF_TODAY, false, "alice", NOT_FOLLOWED);

        assertThat(result.added()).isEqualTo(3);
        assertThat(result.warnings())
                .containsExactly(
                        new LineProblem(2, null, "2024-03-31", ListFault.STOP_DATE_PAST, List.of("2024-03-31")));
        assertThat(run(ListFile.empty().with("Stop date", TODAY.toString())).warnings())
                .isEmpty();
    }

    @Test
    void skippedLinesAreCountedAndTold() throws Exception {
        ImportResult result = importList.run(
                firm.id(), ListFile.ofCase("totals-and-footer"), AS_OF_TODAY, false, "alice", NOT_FOLLOWED);

        assertThat(result)
                .returns(1, ImportResult::added)
                .returns(3, ImportResult::skipped)
                .returns(4, ImportResult::linesRead)
                .returns(0, ImportResult::linesLeftOut)
                .returns(0, ImportResult::badLines);
        assertThat(result.warnings()).extracting(LineProblem::fault).containsOnly(ListFault.NO_CLIENT);
    }

    @Test
    @DisplayName("S108 a client that a list of the whole firm no longer names is shown, and nothing of it is changed")
    void s108Shown() throws Exception {
        importList.run(firm.id(), ListFile.ofCase("rt-base"), AS_OF_TODAY, false, "alice", NOT_FOLLOWED);
        Account before = account("EX-1");
        events.clear();

        ImportResult part = importList.run(
                firm.id(), ListFile.ofCase("list-without-ex-client"), AS_OF_TODAY, false, "alice", NOT_FOLLOWED);
        ImportResult dryRun = importList.run(
                firm.id(), ListFile.ofCase("list-without-ex-client"), WHOLE, true, "alice", NOT_FOLLOWED);
        ImportResult result = importList.run(
                firm.id(), ListFile.ofCase("list-without-ex-client"), WHOLE, false, "alice", NOT_FOLLOWED);
        ImportResult named = importList.run(
                firm.id(),
                ListFile.empty()
                        .with("Company ID", "ex–1", "Currency", "EUR")
                        .withSplit("RT-1", "RT-2")
                        .file(),
                WHOLE,
                false,
                "alice",
                NOT_FOLLOWED);

        assertThat(part.missing()).isEmpty();
        assertThat(List.of(dryRun, result))
                .allSatisfy(each -> assertThat(each.missing())
                        .containsExactly(new Missing(new CompanyId("EX-1"), "Ex Client"))
                        .hasSize(each.missingCount()));
        assertThat(named.missing()).extracting(Missing::name).containsExactly("Retry 3");
        assertThat(account("EX-1")).isEqualTo(before);
        assertThat(events.stream(AccountChanged.class))
                .extracting(AccountChanged::clientId)
                .doesNotContain(before.client().id());
    }

    @Test
    @DisplayName("S58 enc-msdos-cp850.csv is refused cell by cell, and nothing of it is stored with wrong accents")
    void s58MsDos() throws Exception {
        ImportResult result = importList.run(
                firm.id(), ListFile.ofCase("enc-msdos-cp850"), AS_OF_TODAY, false, "alice", NOT_FOLLOWED);

        assertThat(result).returns(0, ImportResult::added);
        assertThat(result.problems()).extracting(LineProblem::fault).containsOnly(ListFault.DAMAGED);
        assertThat(accounts.countOfFirm(firm.id(), "")).isZero();
    }

    @Test
    @DisplayName(
            "names.csv: each name is found as it is typed and as it is written, and a decomposed one is the same name")
    void namesAreFound() throws Exception {
        importList.run(firm.id(), ListFile.ofCase("names"), AS_OF_TODAY, false, "alice", NOT_FOLLOWED);
        String list = Files.readString(Path.of("src/test/resources/cases/names.csv"));

        ImportResult decomposed = importList.run(
                firm.id(),
                ListFile.of(Normalizer.normalize(list, Normalizer.Form.NFD), StandardCharsets.UTF_8),
                AS_OF_TODAY,
                false,
                "alice",
                NOT_FOLLOWED);

        assertThat(decomposed.changed()).isZero();
        List<Account> all = accounts.ofFirm(firm.id(), "", 0, 100);
        assertThat(all).isNotEmpty().allSatisfy(account -> {
            assertThat(accounts.ofFirm(firm.id(), account.client().name(), 0, 100))
                    .contains(account);
            assertThat(accounts.ofFirm(firm.id(), PlainWords.of(account.client().name()), 0, 100))
                    .contains(account);
        });
        assertThat(accounts.countOfFirm(firm.id(), "soeurs boeuf")).isOne();
    }

    @Test
    @DisplayName("S57 a list of before a change, imported again, leaves the payer who it is and says so")
    void s57OlderThanTheChange() throws Exception {
        ListFile list = ListFile.empty().withSplit("C-1");
        run(list);
        Account account = account("C-1");
        switchTime(account, TODAY);

        ImportResult again = importList.run(
                firm.id(), list.file(), new Claim(TODAY.minusDays(1), false), false, "alice", NOT_FOLLOWED);

        assertThat(again.warnings())
                .extracting(LineProblem::fault, LineProblem::arguments)
                .containsExactly(
                        tuple(ListFault.PAYER_CHANGED_SINCE, List.of("QUICKBOOKS_TIME", "CLIENT", TODAY.toString())));
        assertThat(account("C-1").arrangement()).isEqualTo(BillingArrangement.FIRM_PAYS_ALL);
        assertThat(account("C-1").client().integration()).isEqualTo(new Integration(IntegrationStatus.ACTIVE, null));
        assertThat(doubts.holding(account.client().id())).isEmpty();
    }

    @Test
    @DisplayName(
            "S57 a list as of the change or later that contradicts it is asked about with both claims, and asked once")
    void s57Contradicts() throws Exception {
        ListFile list = ListFile.empty().withSplit("C-1");
        run(list);
        Account account = account("C-1");
        switchTime(account, TODAY);

        ImportResult dryRun = importList.run(firm.id(), list.file(), AS_OF_TODAY, true, "alice", NOT_FOLLOWED);
        assertThat(doubts.holding(account.client().id())).isEmpty();
        ImportResult again = run(list);
        run(list);

        assertThat(List.of(dryRun, again))
                .allSatisfy(each -> assertThat(each.warnings())
                        .extracting(LineProblem::fault)
                        .containsExactly(ListFault.PAYER_CONTRADICTED));
        assertThat(account("C-1").time().payer()).isEqualTo(Payer.FIRM);
        assertThat(doubts.payersInDoubt(10))
                .singleElement()
                .returns(account.client().id(), PayerDoubt::clientId)
                .returns(Product.QUICKBOOKS_TIME, PayerDoubt::product)
                .returns(Payer.CLIENT, PayerDoubt::listed)
                .returns(TODAY, PayerDoubt::asOf);
        assertThat(doubts.holding(account.client().id())).containsExactly(Kind.PAYER);

        run(ListFile.empty().with("Time payer", "firm"));

        assertThat(doubts.holding(account.client().id()))
                .as("the list agrees by now")
                .isEmpty();
    }

    @Test
    @DisplayName("S57 what a person decided of a claim is not asked again of the same claim, but of a newer one")
    void s57AskedOnce() throws Exception {
        ListFile list = ListFile.empty().withSplit("C-1");
        run(list);
        UUID client = account("C-1").client().id();
        switchTime(account("C-1"), TODAY.minusDays(1));
        run(list);
        doubts.answer(doubts.payersInDoubt(10).get(0).id(), "BOOKS", "olivia", false);

        run(list);
        assertThat(doubts.holding(client)).isEmpty();

        importList.run(firm.id(), list.file(), new Claim(TODAY.plusDays(1), false), false, "alice", NOT_FOLLOWED);
        assertThat(doubts.holding(client)).containsExactly(Kind.PAYER);
    }

    @Test
    @DisplayName("S57 a line of a list that is older than what is known of the client changes nothing of it")
    void s57OlderThanAnotherList() throws Exception {
        importList.run(
                firm.id(),
                ListFile.empty().with("Time users", "9").file(),
                new Claim(TODAY, false),
                false,
                "alice",
                NOT_FOLLOWED);

        ImportResult older = importList.run(
                firm.id(),
                ListFile.empty()
                        .with("Time users", "5", "Time payer", "firm")
                        .withSplit("C-2")
                        .file(),
                new Claim(TODAY.minusDays(3), false),
                false,
                "alice",
                NOT_FOLLOWED);

        assertThat(older).returns(1, ImportResult::added).returns(1, ImportResult::unchanged);
        assertThat(older.warnings()).extracting(LineProblem::fault).containsExactly(ListFault.OLDER_LIST);
        assertThat(account("C-1").time()).returns(9, Subscription::users).returns(Payer.CLIENT, Subscription::payer);
    }

    @Test
    @DisplayName(
            "S69 a second firm's list that contradicts the books is kept, shown and asked about; the first firm's client stays free")
    void s69() throws Exception {
        run(ListFile.empty().with("Time payer", "firm"));
        Firm other = SampleAccounts.firm("F-" + UUID.randomUUID());
        accounts.save(other);

        ImportResult result = importList.run(
                other.id(), ListFile.empty().withSplit("C-1").file(), AS_OF_TODAY, false, "bob", NOT_FOLLOWED);

        assertThat(result.added()).isEqualTo(1);
        assertThat(result.warnings())
                .extracting(LineProblem::fault)
                .containsExactly(ListFault.PAYER_CONTRADICTED, ListFault.PAYER_CONTRADICTED);
        Account theirs = accounts.find(other.id(), new CompanyId("C-1")).orElseThrow();
        assertThat(doubts.holding(theirs.client().id())).containsExactly(Kind.PAYER);
        assertThat(doubts.holding(account("C-1").client().id())).isEmpty();
        assertThat(accounts.countAtRisk(other.id(), TODAY.plusYears(1), Set.of()))
                .isZero();
    }

    @Test
    @DisplayName(
            "S106 ids of two firms that differ by zeros are one company where admin or name agree, else a question")
    void s106TwoFirms() throws Exception {
        run(ListFile.empty()
                .with("Company ID", "00123")
                .with("Company ID", "00456")
                .with("Company ID", "00789"));
        Firm other = SampleAccounts.firm("F-" + UUID.randomUUID());
        accounts.save(other);
        ListFile list = ListFile.empty()
                .with("Company ID", "123", "Company name", "Otherwise called", "QBO payer", "client")
                .with("Company ID", "456", "Company name", "ATELIER  BEAUSEJOUR", "Primary admin e-mail", "x@y.example")
                .with("Company ID", "789", "Company name", "Unlike", "Primary admin e-mail", "z@y.example");

        ImportResult result = importList.run(other.id(), list.file(), AS_OF_TODAY, false, "bob", NOT_FOLLOWED);

        assertThat(result.problems())
                .extracting(LineProblem::line, LineProblem::fault)
                .containsExactly(tuple(4L, ListFault.DOUBTFUL_COMPANY));
        assertThat(accounts.find(other.id(), new CompanyId("123")).orElseThrow().client())
                .returns("00123", client -> client.companyId().text())
                .returns("123", client -> client.listedAs().text());
        assertThat(accounts.find(other.id(), new CompanyId("789"))).isEmpty();

        UUID asked = spellings.inDoubt(10).get(0).id();
        assertThat(spellings.inDoubt(10))
                .singleElement()
                .satisfies(each -> assertThat(each.line().name()).isEqualTo("Unlike"));
        spellings.answer(asked, false, "olivia");
        importList.run(other.id(), list.file(), AS_OF_TODAY, false, "bob", NOT_FOLLOWED);

        assertThat(accounts.find(other.id(), new CompanyId("789"))
                        .orElseThrow()
                        .client()
                        .companyId()
                        .text())
                .isEqualTo("789");
        assertThat(spellings.countInDoubt()).isZero();
    }

    @Test
    @DisplayName("S106 within a firm the answer decides whose line it is, and the next list is read accordingly")
    void s106OneFirm() throws Exception {
        run(ListFile.empty().with("Company ID", "00123").with("Company ID", "0077"));
        ListFile withoutZeros = ListFile.empty()
                .with("Company ID", "123", "Time users", "5")
                .with("Company ID", "77", "Time users", "6");
        assertThat(run(withoutZeros).badLines()).isEqualTo(2);
        run(withoutZeros);
        assertThat(spellings.inDoubt(10)).hasSize(2);

        spellings
                .inDoubt(10)
                .forEach(each ->
                        spellings.answer(each.id(), each.line().id().text().equals("123"), "olivia"));
        ImportResult after = run(withoutZeros);

        assertThat(after).returns(1, ImportResult::changed).returns(1, ImportResult::added);
        assertThat(account("00123"))
                .returns(5, each -> each.time().users())
                .returns("123", each -> each.client().listedAs().text());
        assertThat(account("0077").time().users()).isEqualTo(8);
        assertThat(account("77").time().users()).isEqualTo(6);
        assertThat(run(withoutZeros).unchanged()).isEqualTo(2);
    }

    @Test
    @DisplayName(
            "S106 spellings that are stored already are held until billing operations keep one, or find another company")
    void s106Stored() throws Exception {
        run(ListFile.empty().withSplit("D-1", "D-9", "0070"));
        change("update client set company_id = 'd-1', listed_id = null, doubtful = true where company_id = 'D-9'");
        run(ListFile.empty().with("Company ID", "D-3"));
        change("update client set company_id = '70', listed_id = null where company_id = 'D-3'");
        change(
                "insert into client_doubt (client_id, kind, as_of, raised_at) select id, 'SPELLING', current_date, now() from client"
                        + " where company_id in ('d-1', '70')");
        List<Doubts.Spelling> spelled = doubts.spellings(10);
        assertThat(doubts.countSpellings()).isEqualTo(2);
        assertThat(spelled)
                .extracting(each -> each.companyId().text() + " " + each.inDoubt() + " " + each.mayBeOther())
                .containsExactly("0070 false false", "70 true true", "D-1 false false", "d-1 true false");
        UUID second = spelled.get(3).clientId();
        assertThat(doubts.holds(second)).isTrue();
        assertThat(doubts.isOtherCompany(second, "olivia"))
                .as("one company by any reading")
                .isFalse();

        assertThat(doubts.isOtherCompany(spelled.get(1).clientId(), "olivia")).isTrue();
        assertThat(doubts.keepSpelling(second, "olivia"))
                .containsExactly(spelled.get(2).clientId());

        assertThat(doubts.countSpellings()).isZero();
        assertThat(doubts.holds(second)).isFalse();
        assertThat(doubts.holds(spelled.get(2).clientId())).as("put away").isTrue();
        assertThat(doubts.holds(spelled.get(1).clientId())).isFalse();
        assertThat(account("D-1").client().id()).isEqualTo(second);
    }

    @Test
    @DisplayName("S108 a client whom a whole list does not name is held until the firm answers or lists it again")
    void s108Held() throws Exception {
        run(ListFile.empty().withSplit("C-1", "C-2", "C-3"));
        UUID second = account("C-2").client().id();
        UUID third = account("C-3").client().id();

        importList.run(firm.id(), ListFile.empty().withSplit("C-1").file(), WHOLE, true, "alice", NOT_FOLLOWED);
        assertThat(doubts.holds(second)).as("a dry run holds nobody").isFalse();
        importList.run(firm.id(), ListFile.empty().withSplit("C-1").file(), WHOLE, false, "alice", NOT_FOLLOWED);

        assertThat(doubts.holding(account("C-1").client().id())).isEmpty();
        assertThat(doubts.holding(second)).containsExactly(Kind.NOT_LISTED);
        assertThat(accounts.countAtRisk(firm.id(), TODAY.plusYears(1), Set.of()))
                .as("the first alone")
                .isOne();

        assertThat(doubts.answerNotListed(second, true, "alice")).isTrue();
        assertThat(doubts.answerNotListed(third, false, "alice")).isTrue();
        assertThat(doubts.answerNotListed(third, true, "alice"))
                .as("answered once")
                .isFalse();
        assertThat(doubts.holds(second)).isFalse();
        assertThat(doubts.holds(third)).as("no longer a client").isTrue();

        run(ListFile.empty().withSplit("C-3"));
        assertThat(doubts.holds(third)).isFalse();
    }

    private void switchTime(Account account, LocalDate since) {
        books.correct(account.client().companyId(), Product.QUICKBOOKS_TIME, Payer.FIRM, firm.id(), since);
        accounts.changePayer(account.time().id(), Payer.FIRM, PriceBasis.PROADVISOR_PREFERRED);
        accounts.changeIntegration(account.client().id(), new Integration(IntegrationStatus.ACTIVE, null));
    }

    @Test
    void clientsThatTheListDoesNotNameStayAsTheyAre() throws Exception {
        run(ListFile.empty().withSplit("C-1", "C-2"));
        Account before = account("C-2");

        run(ListFile.empty().withSplit("C-1"));

        assertThat(account("C-2")).isEqualTo(before);
    }

    @Test
    void stopDateOfTheFirstDetectionIsKeptUntilTheListTellsAnother() throws Exception {
        run(ListFile.empty().withSplit("C-1"));
        Account account = account("C-1");
        accounts.changeIntegration(
                account.client().id(), new Integration(IntegrationStatus.STOPPED, LocalDate.of(2026, 4, 1)));

        run(ListFile.empty().withSplit("C-1"));
        assertThat(account("C-1").client().integration())
                .isEqualTo(new Integration(IntegrationStatus.STOPPED, LocalDate.of(2026, 4, 1)));

        run(ListFile.empty().with("Stop date", "2026-08-31"));
        assertThat(account("C-1").client().integration())
                .isEqualTo(new Integration(IntegrationStatus.STOPPED, LocalDate.of(2026, 8, 31)));
    }

    @Test
    void splitIsDetectedOnTheClientsOwnDay() throws Exception {
        // Noon UTC on 4 May is 5 May in Kiritimati.
        run(ListFile.empty().with("Country", "KI", "Province", "Line Islands", "Time zone", "Pacific/Kiritimati"));

        assertThat(account("C-1").client().integration().stopDate())
                .isEqualTo(LocalDate.of(2026, 5, 5).plusDays(30));
    }

    @Test
    void payersAreToldOfNewClientsAndOfThoseWithAnotherPayer() throws Exception {
        run(ListFile.empty().withSplit("C-1", "C-2"));

        assertThat(payersTold())
                .containsExactly(
                        new Payers(firm.id(), new CompanyId("C-1"), Payer.FIRM, Payer.CLIENT, TODAY),
                        new Payers(firm.id(), new CompanyId("C-2"), Payer.FIRM, Payer.CLIENT, TODAY));
        events.clear();

        run(ListFile.empty()
                .with("Company ID", "C-1", "Time users", "20")
                .with("Company ID", "C-2", "Time payer", "firm"));

        assertThat(payersTold())
                .containsExactly(new Payers(firm.id(), new CompanyId("C-2"), Payer.FIRM, Payer.FIRM, TODAY));
    }

    @Test
    void casesAreToldOfChangesButNotOfNewClientsOrNewNames() throws Exception {
        run(ListFile.empty().withSplit("C-1", "C-2", "C-3"));
        assertThat(events.stream(AccountChanged.class)).isEmpty();

        ImportResult result = run(ListFile.empty()
                .with("Company ID", "C-1", "Company name", "Atelier Bellerive")
                .with("Company ID", "C-2", "Time billing day", "21")
                .withSplit("C-3"));

        assertThat(result.changed()).isEqualTo(2);
        assertThat(account("C-1").client().name()).isEqualTo("Atelier Bellerive");
        assertThat(events.stream(AccountChanged.class))
                .containsExactly(new AccountChanged(
                        account("C-2").client().id(), List.of(new Difference("TIME_BILLING_DAY", "20", "21"))));
    }

    @Test
    void aLineThatCannotBeStoredDoesNotTakeTheOthersWithIt() throws Exception {
        change("alter table client add constraint refuse_one check (company_id <> 'REFUSED')");
        try {
            ImportResult result = run(ListFile.empty().withSplit("C-1", "REFUSED", "C-2"));

            assertThat(result.added()).isEqualTo(2);
            assertThat(result.problems())
                    .containsExactly(new LineProblem(3, null, "", ListFault.NOT_STORED, List.of()));
        } finally {
            change("alter table client drop constraint refuse_one");
        }
    }

    @Test
    void anotherFirmsListHasItsOwnClientOfTheSameCompany() throws Exception {
        Firm other = SampleAccounts.firm("F-" + UUID.randomUUID());
        accounts.save(other);
        run(ListFile.empty().withSplit("C-1"));

        importList.run(
                other.id(),
                ListFile.empty().with("Time users", "99").file(),
                AS_OF_TODAY,
                false,
                "alice",
                NOT_FOLLOWED);

        assertThat(account("C-1").time().users()).isEqualTo(8);
        assertThat(accounts.find(other.id(), new CompanyId("C-1"))
                        .orElseThrow()
                        .time()
                        .users())
                .isEqualTo(99);
    }

    @Test
    void fileThroughoutBadIsCountedInFullAndReportedInPart() throws Exception {
        ListFile list = ListFile.empty();
        for (int i = 0; i < 600; i++) {
            list.with("Company ID", "C-" + i, "Time users", "0", "Currency", "EUR");
        }

        ImportResult result = run(list);

        assertThat(result.badLines()).isEqualTo(600);
        assertThat(result.problemCount()).isEqualTo(1200);
        assertThat(result.problems()).hasSize(ImportResult.PROBLEMS_KEPT);
        assertThat(result.hasMoreProblems()).isTrue();
    }

    @Test
    void progressGrowsToTheEnd() throws Exception {
        ListFile list = ListFile.empty();
        for (int i = 0; i < 2 * ImportAccountList.BATCH + 1; i++) {
            list.withSplit("C-" + i);
        }
        List<Progress> steps = new ArrayList<>();

        importList.run(firm.id(), list.file(), AS_OF_TODAY, false, "alice", (progress, soFar) -> steps.add(progress));

        assertThat(steps)
                .extracting(Progress::linesRead)
                .containsExactly(ImportAccountList.BATCH, 2 * ImportAccountList.BATCH, 2 * ImportAccountList.BATCH + 1);
        assertThat(steps).extracting(Progress::percent).isSorted().endsWith(100);
    }

    @Test
    void unknownFirmIsRefusedBeforeAnyLineIsRead() {
        assertThatThrownBy(() -> importList.run(
                        new FirmId("F-0"), ListFile.empty().file(), AS_OF_TODAY, false, "alice", NOT_FOLLOWED))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("F-0");
    }

    private static String[] withoutTime(String companyId) {
        return new String[] {
            "Company ID", companyId,
            "Time plan", "",
            "Time users", "",
            "Time payer", "",
            "Time cycle", "",
            "Time billing day", "",
            "Time status", "",
        };
    }

    private ImportResult run(ListFile list) throws Exception {
        return importList.run(firm.id(), list.file(), AS_OF_TODAY, false, "alice", NOT_FOLLOWED);
    }

    private Account account(String companyId) {
        return accounts.find(firm.id(), new CompanyId(companyId)).orElseThrow();
    }

    private List<Payers> payersTold() {
        return events.stream(PayersImported.class)
                .flatMap(told -> told.payers().stream())
                .toList();
    }

    private void change(String sql) {
        transaction.executeWithoutResult(status -> jdbc.sql(sql).update());
    }

    private List<String> rowVersions() {
        return jdbc.sql("""
                        select xmin::text || ctid::text from client where firm_id = :firm
                        union all
                        select s.xmin::text || s.ctid::text from subscription s join client c on c.id = s.client_id
                        where c.firm_id = :firm
                        """).param("firm", firm.id().text()).query(String.class).list();
    }
}
