package org.billingtakeover.account.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.billingtakeover.account.SampleAccounts.account;
import static org.billingtakeover.account.SampleAccounts.firm;
import static org.billingtakeover.account.SampleAccounts.like;
import static org.billingtakeover.account.SampleAccounts.split;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.BillingArrangement;
import org.billingtakeover.account.ClientSearch;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.PlainWords;
import org.billingtakeover.kernel.Product;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@Tag("slow")
class JdbcAccountsTest {

    private static final DataSource DATABASE = TestDatabase.fresh();
    private static final JdbcClient JDBC = JdbcClient.create(DATABASE);

    private final Accounts accounts = new JdbcAccounts(JDBC, DATABASE);

    /** Each test works on a firm of its own. */
    private final Firm firm = firm("F-" + UUID.randomUUID());

    JdbcAccountsTest() {
        accounts.save(firm);
    }

    @Test
    void testsRunOnPostgreSql17() {
        assertThat(JDBC.sql("show server_version_num").query(String.class).single())
                .startsWith("17");
    }

    @Test
    void savedAccountIsFoundAsItWas() {
        Account account = split(firm, "C-1");

        accounts.save(List.of(account));

        assertThat(accounts.find(account.client().id())).contains(account);
        assertThat(accounts.find(firm.id(), new CompanyId("C-1"))).contains(account);
        assertThat(accounts.ofCompanies(firm.id(), List.of(new CompanyId("C-1"), new CompanyId("C-2"))))
                .isEqualTo(Map.of(new CompanyId("C-1"), account));
        assertThat(accounts.find(firm.id(), new CompanyId("C-2"))).isEmpty();
    }

    @Test
    void savingWhatIsStoredWritesNoRow() {
        Account account = split(firm, "C-1");
        accounts.save(List.of(account));
        List<String> before = rowVersions(account);

        accounts.save(List.of(account));
        accounts.save(firm);

        assertThat(rowVersions(account)).isEqualTo(before);
    }

    @Test
    void savingAFirmAgainBringsItUpToDate() {
        Firm renamed = like(
                firm,
                "name",
                "Cabinet Gagnon",
                "wholesaleBilling",
                false,
                "paymentMethodOnFile",
                false,
                "billDay",
                31,
                "platform",
                PlatformName.BY_HAND);

        accounts.save(renamed);

        assertThat(accounts.firm(firm.id())).isEqualTo(renamed);
        assertThat(accounts.firms()).contains(renamed).doesNotContain(firm);
    }

    @Test
    void unknownFirmIsNamed() {
        assertThatThrownBy(() -> accounts.firm(new FirmId("F-0")))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("F-0");
    }

    @Test
    void listIsPagedByNameAndSearchedWithoutRegardToCase() {
        accounts.save(List.of(split(firm, "C-3"), split(firm, "Élan-1"), split(firm, "C-2")));
        accounts.save(firm("F-other"));

        assertThat(accounts.ofFirm(firm.id(), "", 1, 1))
                .extracting(account -> account.client().companyId().text())
                .containsExactly("C-3");
        assertThat(accounts.ofFirm(firm.id(), " élan", 0, 10))
                .extracting(account -> account.client().companyId().text())
                .containsExactly("Élan-1");
        assertThat(accounts.countOfFirm(firm.id(), "ATELIER c-")).isEqualTo(2);
        assertThat(accounts.countOfFirm(firm.id(), "%")).isZero();
        assertThat(accounts.countOfFirm(new FirmId("F-other"), "")).isZero();
    }

    @Test
    void namesThatBeginWithAnAccentStandNextToThoseWithoutOne() {
        accounts.save(List.of(named("Zénith"), named("école"), named("Ébène"), named("Eau vive"), named("ecart")));

        assertThat(accounts.ofFirm(firm.id(), "", 0, 10))
                .extracting(account -> account.client().name())
                .containsExactly("Eau vive", "Ébène", "ecart", "école", "Zénith");
    }

    @Test
    void namesAreFoundWithAndWithoutTheirAccents() {
        accounts.save(List.of(named("École Laurier"), named("Zenith")));

        assertThat(accounts.countOfFirm(firm.id(), "ecole")).isOne();
        assertThat(accounts.countOfFirm(firm.id(), "zénith")).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "Les Sœurs Cœur-de-Bœuf inc., soeurs coeur",
        "Les Sœurs Cœur-de-Bœuf inc., boeuf cœur",
        "Crèmerie du Vieux-Four, vieux four",
        "Nguyễn Đặng Épicerie, nguyen dang",
        "Łódź Šilhavý Import, lodz silhavy",
        "Straße Øre Ægir, strasse ore aegir",
        "İstanbul Kebap ISPARTA, istanbul isparta",
        "Işık Kebap, isik",
        "O'Brien & O’Brien LLC, o'brien",
        "ﬁnances ＡＢＣ, finances abc",
    })
    void namesAreFoundAsTheyAreTypedAndWithoutWhatIsHardToType(String name, String typed) {
        accounts.save(List.of(named(name), named("Zenith")));

        for (Normalizer.Form form : Normalizer.Form.values()) {
            assertThat(accounts.countOfFirm(firm.id(), Normalizer.normalize(name, form)))
                    .isOne();
            assertThat(accounts.countOfFirm(firm.id(), Normalizer.normalize(typed.toUpperCase(Locale.ROOT), form)))
                    .isOne();
        }
        assertThat(accounts.countOfFirm(firm.id(), typed + " nowhere")).isZero();
    }

    /** What is searched is put into its form by the code, what is stored by the database: in Latin, Greek and Cyrillic. */
    @Test
    void wordsHaveOneFormInTheCodeAndInTheDatabase() {
        String[] signs = Stream.of(
                        IntStream.range(1, 0x0530),
                        IntStream.range(0x1E00, 0x2000),
                        IntStream.range(0xFB00, 0xFB07),
                        IntStream.range(0xFF00, 0xFFF0))
                .flatMap(IntStream::boxed)
                .filter(sign -> Character.isDefined(sign) && !Character.isSurrogate((char) (int) sign))
                .map(sign -> "x" + Character.toString(sign) + "x")
                .toArray(String[]::new);

        List<String> kept = JDBC.sql(
                        "select plain_words(said) from unnest(?) with ordinality as s (said, at) order by at")
                .param(signs)
                .query(String.class)
                .list();

        assertThat(IntStream.range(0, signs.length)
                        .filter(at -> !kept.get(at).equals(PlainWords.of(signs[at])))
                        .mapToObj(at -> signs[at] + " is " + kept.get(at) + " and " + PlainWords.of(signs[at])))
                .isEmpty();
    }

    @Test
    void listShowsOnlyWhatIsAskedFor() {
        Account split = split(firm, "C-1");
        Account stopped = split(firm, "C-2");
        Account onePayer = account(firm, "C-3", Payer.FIRM, Payer.FIRM);
        accounts.save(List.of(split, stopped, onePayer));
        accounts.changeIntegration(
                stopped.client().id(), new Integration(IntegrationStatus.STOPPED, LocalDate.of(2026, 6, 30)));

        assertThat(shown(new ClientSearch("", true, false, false, null))).containsExactly("C-1", "C-2");
        assertThat(shown(new ClientSearch("", false, true, false, null))).containsExactly("C-2");
        assertThat(shown(new ClientSearch(
                        "", false, false, false, Set.of(onePayer.client().id()))))
                .containsExactly("C-3");
        assertThat(shown(new ClientSearch("", false, false, false, Set.of()))).isEmpty();
    }

    private List<String> shown(ClientSearch search) {
        List<Account> list = accounts.ofFirm(firm.id(), search, 0, 10);
        assertThat(accounts.countOfFirm(firm.id(), search)).isEqualTo(list.size());
        return list.stream().map(account -> account.client().companyId().text()).toList();
    }

    private Account named(String name) {
        Account account = split(firm, name);
        return like(account, "client", like(account.client(), "name", name));
    }

    @Test
    void onlySplitClientsWithBothSubscriptionsAndARunningIntegrationAreDueToStop() {
        Account due = split(firm, "C-1");
        Account stopped = split(firm, "C-2");
        Account onePayer = account(firm, "C-3", Payer.FIRM, Payer.FIRM);
        Account withoutTime = split(firm, "C-4").without(Product.QUICKBOOKS_TIME);
        accounts.save(List.of(due, stopped, onePayer, withoutTime));
        accounts.changeIntegration(
                stopped.client().id(), new Integration(IntegrationStatus.STOPPED, LocalDate.of(2026, 6, 30)));
        accounts.changeIntegration(
                onePayer.client().id(), new Integration(IntegrationStatus.ACTIVE, LocalDate.of(2026, 6, 30)));

        assertThat(accounts.countAtRisk(firm.id(), LocalDate.of(2026, 6, 30), Set.of()))
                .isOne();
        assertThat(accounts.countAtRisk(firm.id(), LocalDate.of(2026, 6, 29), Set.of()))
                .isZero();
    }

    @Test
    void switchedPayerAndRunningIntegrationLeaveOnePayer() {
        Account account = split(firm, "C-1");
        accounts.save(List.of(account));

        accounts.changePayer(account.time().id(), Payer.FIRM, PriceBasis.PROADVISOR_PREFERRED);
        accounts.changeIntegration(account.client().id(), new Integration(IntegrationStatus.ACTIVE, null));

        Account now = accounts.account(account.client().id());
        assertThat(now.arrangement()).isEqualTo(BillingArrangement.FIRM_PAYS_ALL);
        assertThat(now.time().priceBasis()).isEqualTo(PriceBasis.PROADVISOR_PREFERRED);
        assertThat(now.client().integration()).isEqualTo(new Integration(IntegrationStatus.ACTIVE, null));
        assertThat(now.online()).isEqualTo(account.online());
    }

    @Test
    void changingWhatIsNotStoredFails() {
        assertThatThrownBy(() -> accounts.changePayer(UUID.randomUUID(), Payer.FIRM, PriceBasis.WHOLESALE))
                .isInstanceOf(NoSuchElementException.class);
    }

    private List<String> rowVersions(Account account) {
        return JDBC.sql("""
                        select xmin::text || ctid::text from client where id = :id
                        union all select xmin::text || ctid::text from subscription where client_id = :id
                        union all select xmin::text || ctid::text from firm where id = :firm
                        """)
                .param("id", account.client().id())
                .param("firm", firm.id().text())
                .query(String.class)
                .list();
    }
}
