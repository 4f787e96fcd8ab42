package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.billingtakeover.account.SampleAccounts.like;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.BillingArrangement;
import org.billingtakeover.account.Doubts;
import org.billingtakeover.account.Doubts.Kind;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Refusal;
import org.billingtakeover.takeover.SettleDoubts;
import org.billingtakeover.takeover.SettleDoubts.Side;
import org.billingtakeover.takeover.Stage;
import org.billingtakeover.takeover.Withdraw;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Lists are claims: what they say against the books, or of nobody that one could tell, is a question, and meanwhile nothing happens. */
@ScenarioTest
@DisplayName("Lists are claims")
class ListScenarios extends Story {

    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 15);

    @Autowired
    Doubts doubts;

    @Autowired
    SettleDoubts settle;

    @Autowired
    Withdraw withdraw;

    @Test
    @DisplayName("S57 the list of before the switch, imported again, leaves the payers as the case has made them")
    void listOfBefore() {
        AccountLine line = AccountLine.split();
        String key = world.confirmed(world.imports(firm, line));
        world.timePassesTo(BILLING_DATE);

        world.imports(firm, line, TODAY);
        Account claimed = world.imports(firm, line, BILLING_DATE.plusDays(1));

        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(claimed.arrangement()).isEqualTo(BillingArrangement.FIRM_PAYS_ALL);
        assertThat(world.platform.payerOn(
                        claimed.client().companyId(), Product.QUICKBOOKS_TIME, BILLING_DATE.plusYears(1)))
                .hasValueSatisfying(day -> assertThat(day.payer()).isEqualTo(Payer.FIRM));
        assertThat(doubts.holding(claimed.client().id())).containsExactly(Kind.PAYER);

        settle.payer(doubtAbout(claimed), Side.BOOKS, "olivia");
        assertThat(doubts.holds(claimed.client().id())).isFalse();
        assertThatThrownBy(() -> settle.payer(UUID.randomUUID(), Side.BOOKS, "oscar"))
                .isInstanceOf(Refusal.class)
                .hasMessage("alreadySettled");
    }

    @Test
    @DisplayName("S57 an older list that happens to agree does not take back what a newer one has put in doubt")
    void olderListAgrees() {
        AccountLine line = AccountLine.split();
        world.confirmed(world.imports(firm, line));
        world.timePassesTo(BILLING_DATE.plusDays(10));
        Account claimed = world.imports(firm, line, BILLING_DATE.plusDays(9));
        UUID client = claimed.client().id();
        assertThat(doubts.holding(client)).containsExactly(Kind.PAYER);

        world.imports(firm, line.with("Time payer", "Firm"), BILLING_DATE.plusDays(8));
        assertThat(doubts.holding(client)).containsExactly(Kind.PAYER);

        world.imports(firm, line.with("Time payer", "Firm"), BILLING_DATE.plusDays(10));
        assertThat(doubts.holds(client)).isFalse();
    }

    @Test
    @DisplayName("S57 also in the very second of the switch: the import waits for it and is held against what it made")
    void listInTheSecondOfTheSwitch() throws Exception {
        AccountLine line = AccountLine.split();
        String key = world.confirmed(world.imports(firm, line));
        world.serverIsDownUntil(BILLING_DATE.atTime(12, 0).atZone(World.TORONTO).toInstant());

        List<String> refusals = AtOnce.whileTheFirstIsNotYetKept(
                world, world::runDue, () -> world.imports(firm, line.with("Time users", "11"), BILLING_DATE));

        assertThat(refusals).isEmpty();
        Account account = world.account(key);
        assertThat(world.takeover(key).outcome()).isEqualTo(Outcome.FIRM_PAYS_ALL);
        assertThat(account.arrangement()).isEqualTo(BillingArrangement.FIRM_PAYS_ALL);
        assertThat(account.time().users()).as("the rest of the line is taken").isEqualTo(11);
        assertThat(doubts.holding(account.client().id())).containsExactly(Kind.PAYER);
    }

    @Test
    @DisplayName(
            "S57 where the list is right after all, whom it names pays from that day on, and nothing of before changes")
    void listIsRight() {
        AccountLine line = AccountLine.split();
        String key = world.confirmed(world.imports(firm, line));
        world.timePassesTo(BILLING_DATE.plusDays(10));
        Account claimed = world.imports(firm, line, BILLING_DATE.plusDays(10));

        settle.payer(doubtAbout(claimed), Side.LIST, "olivia");

        Account now = world.account(key);
        assertThat(now.arrangement()).isEqualTo(BillingArrangement.SPLIT);
        assertThat(now.client().integration().stopDate()).isNotNull();
        assertThat(world.platform.history(now.client().companyId(), Product.QUICKBOOKS_TIME))
                .extracting(period -> period.payer() + " from " + period.from())
                .containsExactly(
                        "CLIENT from " + TODAY,
                        "FIRM from " + BILLING_DATE,
                        "CLIENT from " + BILLING_DATE.plusDays(10));
        assertThat(doubts.holds(now.client().id())).isFalse();
        world.opened(now);
    }

    @Test
    @DisplayName(
            "S69 a second firm that lists a company with one payer opens, stops and mails nothing until somebody decided")
    void secondFirm() {
        AccountLine line = AccountLine.split();
        String key = world.confirmed(world.imports(firm, line));
        world.timePassesTo(BILLING_DATE);
        int mails = world.subjectsTo(line.email()).size();
        Firm second = world.firm();

        Account theirs = world.imports(second, line.stoppingOn(BILLING_DATE.plusDays(5)));
        assertThat(world.refusals(theirs)).containsExactly("PAYER_IN_DOUBT");
        world.timePassesTo(BILLING_DATE.plusDays(10));

        assertThat(world.integration(theirs).status()).isEqualTo(IntegrationStatus.ACTIVE);
        assertThat(world.subjectsTo(line.email())).hasSize(mails);
        assertThat(world.subjectsTo(second.email())).isEmpty();
        assertThat(world.account(key).arrangement()).isEqualTo(BillingArrangement.FIRM_PAYS_ALL);

        doubts.payersInDoubt(Integer.MAX_VALUE).stream()
                .filter(doubt -> doubt.clientId().equals(theirs.client().id()))
                .forEach(doubt -> settle.payer(doubt.id(), Side.BOOKS, "olivia"));
        assertThat(world.refusals(theirs))
                .as("its list says on what the books do not")
                .containsExactly("PAYER_IN_DOUBT");
    }

    @Test
    @DisplayName("S69 a claim that arrives while the second firm's own case waits holds that case")
    void claimWhileACaseWaits() {
        AccountLine line = AccountLine.split();
        String key = world.confirmed(world.imports(firm, line));
        Firm second = world.firm();
        Account theirs = world.imports(second, line);

        world.listIsRight(theirs);
        world.timePassesTo(BILLING_DATE);

        assertThat(world.takeover(key).stage()).isEqualTo(Stage.PROBLEM);
        assertThat(world.account(key).time().payer()).isEqualTo(Payer.CLIENT);
    }

    @Test
    @DisplayName(
            "S102 a firm cannot consent for its client: neither its own address, nor its people's, nor one of its domain is asked")
    void firmAsked() {
        world.worksFor(firm, "stagiaire" + firm.id().text().toLowerCase(Locale.ROOT), "stagiaire@elsewhere.example");
        for (String own : List.of(
                firm.email().toUpperCase(Locale.ROOT),
                firm.email().replace("@", "+client@"),
                "anybody@sub.cabinet.example",
                "Stagiaire+x@Elsewhere.example")) {
            Account account = world.imports(firm, AccountLine.split().with("Admin email", own));

            assertThat(world.refusals(account)).as(own).containsExactly("PRIMARY_ADMIN_OF_FIRM");
        }
        world.opened(world.imports(firm, AccountLine.split().with("Admin email", "owner@elsewhere.example")));
    }

    @Test
    @DisplayName("S102 own-admin.csv: three ways for a firm to consent for its client, and none is asked")
    void ownAdmin() {
        Firm tremblay = like(firm, "email", "comptabilite@tremblay.example");
        world.accounts.save(tremblay);

        world.importsCase(tremblay, "own-admin");

        assertThat(List.of("OWN-1", "OWN-2", "OWN-3"))
                .allSatisfy(company -> assertThat(world.refusals(world.accountOf(tremblay, company)))
                        .containsExactly("PRIMARY_ADMIN_OF_FIRM"));
    }

    @Test
    @DisplayName(
            "S101 pa-new-admin.csv: the old question is withdrawn, its link decides nothing, the new person is asked")
    void newAdmin() {
        world.importsCase(firm, "pa-base");
        String key = world.asked(world.accountOf(firm, "PA-1"));
        UUID old = world.openQuestion(key).id();

        world.importsCase(firm, "pa-new-admin");
        world.runDue();

        assertThatThrownBy(() -> world.clientAnswers(old, true)).hasMessageContaining("requestSuperseded");
        assertThat(world.openQuestion(key).name()).isEqualTo("New Admin");
        assertThat(world.textsTo(world.openQuestion(key).email()))
                .singleElement()
                .asString()
                .contains("/answer/")
                .doesNotContain("you confirmed");
    }

    @Test
    @DisplayName(
            "bc.csv: a billing date in British Columbia and Alberta begins at midnight there, by this runtime's rules")
    void westernZones() {
        world.importsCase(firm, "bc");

        for (String company : List.of("BC-1", "AB-1")) {
            Account account = world.accountOf(firm, company);
            String key = world.confirmed(account);
            assertThat(world.takeover(key).state().due())
                    .contains(BILLING_DATE
                            .atStartOfDay(account.client().timeZone())
                            .toInstant());
        }
    }

    @Test
    @DisplayName(
            "S102 a primary admin that becomes the firm's own while the question is open is not asked; the owner is, once listed")
    void firmAskedLater() {
        AccountLine line = AccountLine.split();
        String before = line.email();
        String key = world.asked(world.imports(firm, line));

        world.imports(firm, line.with("Admin email", "office@cabinet.example"));
        world.runDue();

        assertThat(world.subjectsTo(before)).last().asString().contains("no longer needs your answer");
        assertThat(world.subjectsTo("office@cabinet.example")).isEmpty();
        assertThatThrownBy(() -> world.openQuestion(key)).isInstanceOf(java.util.NoSuchElementException.class);

        world.imports(firm, line.with("Admin email", "owner" + before));
        world.putsBack(key);

        assertThat(world.openQuestion(key).email()).isEqualTo("owner" + before);
    }

    @Test
    @DisplayName(
            "S108 a client that a whole list does not name is neither reminded, asked, switched nor stopped until the firm answers")
    void notListed() {
        world.watchesDaily();
        AccountLine line = AccountLine.split().stoppingOn(TODAY.plusDays(20));
        Account asked = world.imports(firm, line);
        String key = world.asked(asked);
        Account alone = world.imports(firm, AccountLine.split().stoppingOn(TODAY.plusDays(20)));
        int mails = world.subjectsTo(line.email()).size();

        world.importsWhole(firm, AccountLine.split());
        world.timePassesTo(TODAY.plusDays(13));

        assertThat(world.happened(key)).doesNotContain("CLIENT_REMINDED");
        assertThat(world.refusals(alone)).containsExactly("NOT_LISTED");
        assertThatThrownBy(() -> settle.notListed(asked.client().id(), false, "alice"))
                .hasMessage("clientHasCase");
        world.timePassesTo(TODAY.plusDays(40));

        assertThat(world.subjectsTo(line.email())).hasSize(mails);
        assertThat(world.subjectsTo(alone.client().admin().email())).isEmpty();
        assertThat(world.account(key).client().integration().status()).isEqualTo(IntegrationStatus.ACTIVE);
        assertThat(world.integration(alone).status()).isEqualTo(IntegrationStatus.ACTIVE);

        withdraw.byFirm(new TakeoverKey(key), "alice");
        settle.notListed(asked.client().id(), false, "alice");
        settle.notListed(alone.client().id(), true, "alice");
        world.timePassesTo(TODAY.plusDays(65));

        assertThat(world.account(key).client().integration().status()).isEqualTo(IntegrationStatus.ACTIVE);
        assertThat(world.integration(alone).status())
                .as("the firm answers for its client, whose stop date was past and has moved")
                .isEqualTo(IntegrationStatus.STOPPED);
    }

    private UUID doubtAbout(Account account) {
        return doubts.payersInDoubt(Integer.MAX_VALUE).stream()
                .filter(doubt -> doubt.clientId().equals(account.client().id()))
                .map(Doubts.PayerDoubt::id)
                .findFirst()
                .orElseThrow();
    }
}
