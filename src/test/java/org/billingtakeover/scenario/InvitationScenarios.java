package org.billingtakeover.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.kernel.ClientKey;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.DailyDigests;
import org.billingtakeover.notification.MailKind;
import org.billingtakeover.takeover.Invitations;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Stage;
import org.billingtakeover.takeover.Withdraw;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;

/** A client with two payers is found: who is told what, and when. Days are those of the tests' own table. */
@ScenarioTest
@DisplayName("Nobody is surprised")
class InvitationScenarios extends Story {

    private static final LocalDate STOP_DATE = LocalDate.of(2026, 5, 4);
    /** How the sample's lists name days, counted from today. */
    private static final Pattern DAY_OF_SAMPLE = Pattern.compile("\\{(date|day)\\+(\\d+)}");

    private static final LocalDate WARNED_ON = STOP_DATE.minusDays(21);

    @Autowired
    Invitations invitations;

    @Autowired
    DailyDigests digests;

    @Autowired
    Withdraw withdraw;

    @BeforeEach
    void givenAFirm() {
        world.watchesDaily();
    }

    // ---- invited

    @Test
    @DisplayName(
            "S80 the firm is invited by one mail for all its clients, again by table, and both are told before anything stops")
    void invited() {
        Account first = found();
        Account second = found();
        assertThat(world.subjectsTo(firm.email())).isEmpty();

        world.timePassesTo(TODAY.plusDays(1));
        assertThat(world.textsTo(firm.email()))
                .singleElement()
                .asString()
                .contains(first.client().name(), second.client().name(), "May 4, 2026", "Update now");
        assertThat(world.textsTo(first.client().admin().email())).isEmpty();
        assertThat(world.textsTo(firm.email()).get(0))
                .contains(words(cost(first).firmTakesTime()))
                .contains(words(cost(first).clientTakesOnline()));

        world.timePassesTo(TODAY.plusDays(12));
        assertThat(world.mailKindsOf(key(first))).containsExactly("INVITED to FIRM", "INVITED to FIRM");

        world.timePassesTo(WARNED_ON);
        assertThat(world.mailKindsOf(key(first))).endsWith("STOP_COMES to FIRM", "STOP_COMES to CLIENT");
        int told = world.mailKindsOf(key(first)).size();
        world.timePassesTo(STOP_DATE.minusDays(1));
        assertThat(world.mailKindsOf(key(first))).hasSize(told);
        assertThat(integration(first).status()).isEqualTo(IntegrationStatus.ACTIVE);

        world.timePassesTo(STOP_DATE);
        assertThat(integration(first)).isEqualTo(new Integration(IntegrationStatus.STOPPED, STOP_DATE));
        assertThat(world.mailKindsOf(key(first)))
                .endsWith("INTEGRATION_STOPPED to FIRM", "INTEGRATION_STOPPED to CLIENT");
        assertThat(invitations.of(first.client().id())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"QBO status", "Time status"})
    @DisplayName(
            "S80 nobody is invited to decide, or warned of a stop, where a subscription is cancelled: nothing is left to stop")
    void nothingToStop(String column) {
        Account account =
                world.imports(firm, AccountLine.split().stoppingOn(STOP_DATE).with(column, "Cancelled"));
        world.runDue();

        world.timePassesTo(STOP_DATE.plusDays(1));

        assertThat(invitations.of(account.client().id())).isEmpty();
        assertThat(world.mailKindsOf(key(account))).isEmpty();
        assertThat(integration(account).status()).isEqualTo(IntegrationStatus.ACTIVE);
    }

    @Test
    @DisplayName("S80 a client that cancels a subscription after it was invited hears of no stop any more")
    void cancelsAfterwards() {
        line = AccountLine.split().stoppingOn(STOP_DATE);
        Account account = world.imports(firm, line);
        world.timePassesTo(TODAY.plusDays(1));
        assertThat(world.mailKindsOf(key(account))).containsExactly("INVITED to FIRM");

        listed("Time status", "Cancelled");
        world.timePassesTo(STOP_DATE.plusDays(1));

        assertThat(world.mailKindsOf(key(account))).containsExactly("INVITED to FIRM");
        assertThat(integration(account).status()).isEqualTo(IntegrationStatus.ACTIVE);
    }

    @Test
    @DisplayName("S80 the firm is not invited to decide in the morning what it has begun in the evening before")
    void begunInTheEvening() {
        Account begun = found();
        Account other = found();
        world.timePassesTo(at(TODAY, LocalTime.of(20, 0)));
        world.opened(begun);

        world.timePassesTo(TODAY.plusDays(1));

        assertThat(world.mailKindsOf(key(begun))).isEmpty();
        assertThat(world.mailKindsOf(key(other))).containsExactly("INVITED to FIRM");
        assertThat(world.textsTo(firm.email()).get(0))
                .doesNotContain(begun.client().name());
    }

    @Test
    @DisplayName("S80 an invitation says of each way whether it is possible, and which button the page of clients has")
    void saysWhatIsPossible() {
        world.imports(firm, AccountLine.split().stoppingOn(STOP_DATE).with("Time in payroll", "Yes"));
        world.timePassesTo(TODAY.plusDays(1));
        assertThat(world.textsTo(firm.email()).get(0).replaceAll("\\s+", " "))
                .contains("not possible at present", "What can be done about it is on the page of your clients")
                .doesNotContain("Update now", "Offer option 2");

        Firm another = world.firm();
        world.wholesaleBilling(another, false);
        world.imports(another, AccountLine.split().stoppingOn(STOP_DATE));
        world.timePassesTo(TODAY.plusDays(2));
        assertThat(world.textsTo(another.email()).get(0).replaceAll("\\s+", " "))
                .contains("takes over QuickBooks Time: not possible at present", "with Offer option 2")
                .doesNotContain("Update now");

        Firm third = world.firm();
        world.imports(
                third,
                AccountLine.split()
                        .stoppingOn(STOP_DATE)
                        .with("QBO payer", "Client")
                        .with("Time payer", "Firm"));
        world.timePassesTo(TODAY.plusDays(3));
        assertThat(world.textsTo(third.email()).get(0).replaceAll("\\s+", " "))
                .contains("You pay for the QuickBooks Time subscription of")
                .doesNotContain("Update now", "$0.00");
    }

    @Test
    @DisplayName("S80 a list of more than a hundred such clients is one mail too")
    void manyFound() {
        List<AccountLine> lines = Stream.generate(() -> AccountLine.split().stoppingOn(STOP_DATE))
                .limit(101)
                .toList();
        world.imports(firm, lines);
        world.timePassesTo(TODAY.plusDays(1));

        assertThat(world.textsTo(firm.email())).hasSize(1);
        String text = world.textsTo(firm.email()).get(0);
        assertThat(lines).allMatch(line -> text.contains("Client " + line.companyId() + ":"));
    }

    @Test
    @DisplayName("S80 where the list came late, the stop moves, and both are told the new day and the old one")
    void listCameLate() {
        LocalDate tooSoon = TODAY.plusDays(5);
        Account account = world.imports(firm, AccountLine.split().stoppingOn(tooSoon));
        world.runDue();

        assertThat(cost(account).firmTakesTime())
                .as("what its row shows beside Update now")
                .isNotNull();
        LocalDate moved = TODAY.plusDays(21);
        assertThat(integration(account)).isEqualTo(new Integration(IntegrationStatus.ACTIVE, moved));
        assertThat(world.textsTo(firm.email())).last().asString().contains("March 23, 2026", "March 7, 2026");
        assertThat(world.jdbc
                        .sql("select facts ->> 'stopsOn' from mail where kind = 'INVITED' and client_id = ?")
                        .param(account.client().id())
                        .query(String.class)
                        .single())
                .as("what the invitation says, which leaves in the morning with others")
                .contains(moved.toString());
        assertThat(world.textsTo(account.client().admin().email()))
                .last()
                .asString()
                .contains("March 23, 2026", "March 7, 2026");

        world.timePassesTo(moved.minusDays(1));
        assertThat(integration(account).status()).isEqualTo(IntegrationStatus.ACTIVE);
        world.timePassesTo(moved);
        assertThat(integration(account)).isEqualTo(new Integration(IntegrationStatus.STOPPED, moved));
    }

    @Test
    @DisplayName("S80 where the client's mail did not arrive, nothing stops: the day moves until it has")
    void mailDidNotArrive() {
        Account account = found();
        world.addressBehindOurBack(account, "nobody");
        world.timePassesTo(STOP_DATE);
        Integration later = integration(account);
        assertThat(later.status()).isEqualTo(IntegrationStatus.ACTIVE);
        assertThat(later.stopDate()).isEqualTo(STOP_DATE.plusDays(21));

        world.addressBehindOurBack(account, "owner@example.com");
        world.timePassesTo(STOP_DATE.plusDays(21));
        assertThat(integration(account).status()).isEqualTo(IntegrationStatus.ACTIVE);
        world.timePassesTo(integration(account).stopDate());
        assertThat(integration(account).status()).isEqualTo(IntegrationStatus.STOPPED);
        assertThat(world.subjectsTo("owner@example.com")).isNotEmpty();
    }

    @Test
    @DisplayName("S80 Update now is not undone by an invitation that looks at that very moment")
    void updateNowWhileTheInvitationLooks() throws Exception {
        Account account = found();
        CountDownLatch looks = new CountDownLatch(1);
        Thread look = new Thread(() -> world.transaction.executeWithoutResult(running -> {
            world.jdbc
                    .sql("update act_ru_execution set rev_ = rev_ + 1 where business_key_ = ?")
                    .param(key(account))
                    .update();
            looks.countDown();
            Instant patience = Instant.now().plus(Duration.ofMinutes(1));
            while (!isSomebodyWaiting() && Instant.now().isBefore(patience)) {
                LockSupport.parkNanos(10_000_000);
            }
        }));
        look.start();
        looks.await();

        String key = world.opened(account);
        look.join();

        assertThat(world.openTasks(key)).containsExactly("UserTask_ReviewNewCost");
    }

    private boolean isSomebodyWaiting() {
        return world.jdbc
                .sql("select exists (select from pg_locks where not granted)")
                .query(Boolean.class)
                .single();
    }

    @Test
    @DisplayName("S80 Update now ends the invitations; a case that ends without agreement begins them anew")
    void updateNow() {
        Account account = found();
        world.timePassesTo(TODAY.plusDays(1));
        String key = world.opened(account);
        world.timePassesTo(TODAY.plusDays(12));
        assertThat(world.mailKindsOf(key(account))).containsExactly("INVITED to FIRM");

        withdraw.byFirm(new TakeoverKey(key), "alice");
        world.timePassesTo(TODAY.plusDays(13));
        assertThat(world.mailKindsOf(key(account))).containsExactly("INVITED to FIRM", "INVITED to FIRM");
    }

    @Test
    @DisplayName(
            "beside a change that was agreed an invitation sleeps until the morning after it; where its cost rises, it looks at once")
    void sleepsBesideAgreedChange() {
        AccountLine line = AccountLine.split().stoppingOn(STOP_DATE);
        Account account = world.imports(firm, line);
        world.timePassesTo(TODAY.plusDays(1));

        String key = world.confirmed(account);
        assertThat(looksOn(account))
                .isEqualTo(
                        world.takeover(key).state().billingDate().orElseThrow().plusDays(1));

        world.imports(firm, line.with("Time users", "50"));
        world.runDue();
        assertThat(world.takeover(key).state().seesToTheStop()).isFalse();
        assertThat(looksOn(account)).isEqualTo(WARNED_ON);
    }

    /** The local date on which the client's invitation looks by itself. */
    private LocalDate looksOn(Account account) {
        return world.management.createJobQuery().processDefinitionKey("invite-firm").active().list().stream()
                .filter(job -> world.engine
                        .getRuntimeService()
                        .createProcessInstanceQuery()
                        .processInstanceId(job.getProcessInstanceId())
                        .singleResult()
                        .getBusinessKey()
                        .equals(key(account)))
                .map(job -> LocalDate.ofInstant(
                        job.getDuedate().toInstant(), account.client().timeZone()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("what was told of a stop before a change was agreed stops nothing once that change has failed")
    void toldBeforeAgreement() {
        Account account = world.imports(firm, AccountLine.split().billedOn(20).stoppingOn(STOP_DATE));
        world.timePassesTo(WARNED_ON.plusDays(1));
        assertThat(world.mailKindsOf(key(account))).contains("STOP_COMES to CLIENT");
        String key = world.confirmed(account);
        world.timePassesTo(STOP_DATE.plusDays(1));
        assertThat(world.takeover(key).stage()).isIn(Stage.SCHEDULED, Stage.CLOSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"F-100", "F-200"})
    @DisplayName(
            "S80 forty-five days on, no client of the sample has stopped of which firm and client were not told two weeks before")
    void sampleIsNotSurprised(String list) throws IOException {
        String file = DAY_OF_SAMPLE
                .matcher(new ClassPathResource("demo/accounts-" + list + ".csv").getContentAsString(UTF_8))
                .replaceAll(day -> {
                    LocalDate date = TODAY.plusDays(Integer.parseInt(day.group(2)));
                    return day.group(1).equals("date") ? date.toString() : String.valueOf(date.getDayOfMonth());
                });
        world.imports(firm, file);
        world.timePassesTo(TODAY.plusDays(45));

        List<Account> stopped = world.accounts.ofFirm(firm.id(), "", 0, 1000).stream()
                .filter(account -> account.client().integration().status() == IntegrationStatus.STOPPED)
                .filter(account -> !account.client().integration().stopDate().isBefore(TODAY))
                .toList();
        assertThat(stopped).hasSizeGreaterThan(10).allSatisfy(account -> {
            LocalDate stopDate = account.client().integration().stopDate();
            for (Payer party : Payer.values()) {
                assertThat(world.mails.of(new ClientKey(account.client().id())))
                        .as("mails about %s, stopped on %s", account.client().name(), stopDate)
                        .anyMatch(mail -> mail.kind() == MailKind.STOP_COMES
                                && mail.party() == party
                                && mail.sentAt() != null
                                && !LocalDate.ofInstant(
                                                mail.sentAt(), account.client().timeZone())
                                        .isAfter(stopDate.minusDays(14)));
            }
        });
    }

    // ---- warned in a case

    @Test
    @DisplayName("a firm is warned once before its review lapses, and before its client's answer expires")
    void lapses() {
        String review = world.opened(world.imports(firm, AccountLine.split().billedOn(28)));
        String asked = world.asked(world.imports(firm, AccountLine.split().billedOn(28)));
        world.timePassesTo(TODAY.plusDays(8));
        assertThat(world.mailKindsOf(review)).isEmpty();
        assertThat(world.mailKindsOf(asked)).doesNotContain("ANSWER_EXPIRES to FIRM");

        world.timePassesTo(TODAY.plusDays(13));
        assertThat(world.mailKindsOf(asked)).containsOnlyOnce("ANSWER_EXPIRES to FIRM");
        world.timePassesTo(TODAY.plusDays(29));
        assertThat(world.mailKindsOf(review)).containsOnlyOnce("REVIEW_LAPSES to FIRM");
    }

    @Test
    @DisplayName(
            "both are told three days before the payer changes; the firm earlier if its payment method is missing, once")
    void changeComes() {
        String key = world.confirmed(world.imports(firm, AccountLine.split().billedOn(28)));
        world.timePassesTo(LocalDate.of(2026, 3, 20));
        assertThat(world.mailKindsOf(key)).doesNotContain("CHANGE_AT_RISK to FIRM");
        world.card(firm, false);
        world.timePassesTo(LocalDate.of(2026, 3, 24));
        assertThat(world.mailKindsOf(key))
                .containsOnlyOnce("CHANGE_AT_RISK to FIRM")
                .doesNotContain("CHANGE_COMES to CLIENT");
        world.card(firm, true);
        world.timePassesTo(LocalDate.of(2026, 3, 26));
        assertThat(world.mailKindsOf(key))
                .containsOnlyOnce("CHANGE_COMES to FIRM")
                .containsOnlyOnce("CHANGE_COMES to CLIENT");
    }

    @Test
    @DisplayName("a firm is warned of a price list that makes a scheduled change dearer from its billing date on")
    void dearer() {
        world.confirmed(world.imports(firm, AccountLine.split().billedOn(28)));
        try (World.Deployment ignored = world.dearerPriceList()) {
            world.timePassesTo(LocalDate.of(2026, 3, 21));
            assertThat(world.textsTo(firm.email())).last().asString().contains("costs more than was agreed");
        }
    }

    // ---- one mail a person

    @Test
    @DisplayName("S86 what becomes of a case at night is one mail a person, in its morning")
    void atNight() {
        Account account = world.imports(firm, AccountLine.split().billedOn(10));
        world.earned(account, "120.00");
        String key = world.confirmed(account);
        LocalDate billingDate = LocalDate.of(2026, 3, 10);
        world.timePassesTo(at(billingDate, LocalTime.of(2, 30)));
        assertThat(world.takeover(key).stage()).isEqualTo(Stage.CLOSED);
        assertThat(world.mailKindsOf(key)).doesNotContain("SWITCHED to FIRM", "COMMISSION_PAID to FIRM");
        int before = world.textsTo(firm.email()).size();

        world.timePassesTo(at(billingDate, LocalTime.of(7, 1)));
        assertThat(world.mailKindsOf(key))
                .contains("SWITCHED to FIRM", "COMMISSION_PAID to FIRM", "SWITCHED to CLIENT");
        List<String> texts = world.textsTo(firm.email());
        assertThat(texts).hasSize(before + 1);
        assertThat(texts.get(before)).contains("the payer changed on", "Commissions paid", "$120.00");
    }

    @Test
    @DisplayName("S86 a client whose time is over learns that and its own way by one mail, whose subject asks")
    void expired() {
        Account account = world.imports(firm, AccountLine.split().billedOn(28));
        String email = account.client().admin().email();
        String key = world.asked(account);
        world.timePassesTo(TODAY.plusDays(13));
        int before = world.textsTo(email).size();
        world.timePassesTo(TODAY.plusDays(14));
        assertThat(world.mailKindsOf(key)).contains("EXPIRED to CLIENT", "OPTION_TWO_OFFERED to CLIENT");
        assertThat(world.textsTo(email)).hasSize(before + 1);
        assertThat(world.subjectsTo(email).get(before)).contains("Please confirm by", "(+1)");
    }

    @Test
    @DisplayName("what somebody decides at night is told at once, also where the engine takes the step")
    void decidedAtNight() {
        String reviewed = world.opened(world.imports(firm, AccountLine.split().billedOn(28)));
        String agreed = world.asked(world.imports(firm, AccountLine.split().billedOn(28)));
        String declined = world.asked(world.imports(firm, AccountLine.split().billedOn(28)));
        String withdrawn = world.asked(world.imports(firm, AccountLine.split().billedOn(28)));
        world.timePassesTo(at(TODAY.plusDays(1), LocalTime.of(5, 22)));
        world.firmTakesOver(reviewed);
        world.clientAnswers(agreed, true);
        world.clientAnswers(declined, false);
        withdraw.byFirm(new TakeoverKey(withdrawn), "alice");
        world.runDue();
        assertThat(world.mailKindsOf(reviewed)).contains("CONSENT_REQUEST to CLIENT");
        assertThat(world.mailKindsOf(agreed)).contains("SCHEDULED to FIRM", "SCHEDULED to CLIENT");
        assertThat(world.mailKindsOf(declined)).contains("DECLINED to FIRM", "DECLINED to CLIENT");
        assertThat(world.mailKindsOf(withdrawn)).contains("WITHDRAWN to FIRM", "WITHDRAWN to CLIENT");
    }

    @Test
    @DisplayName("a firm that wishes one mail a day gets what happened on it in its next morning, and nothing before")
    void digest() {
        digests.wish(firm.id(), true);
        Account first = world.imports(firm, AccountLine.split().billedOn(28));
        Account second = world.imports(firm, AccountLine.split().billedOn(28));
        world.confirmed(first);
        world.confirmed(second);
        assertThat(world.textsTo(firm.email())).isEmpty();
        assertThat(world.textsTo(first.client().admin().email())).isNotEmpty();

        world.timePassesTo(TODAY.plusDays(1));
        assertThat(world.textsTo(firm.email()))
                .singleElement()
                .asString()
                .contains(first.client().name(), second.client().name());
    }

    // ---- a confirmed change ends

    static Stream<Arguments> endings() {
        return Stream.of(
                ending("the client withdraws", (test, key) -> test.withdraw.byClient(new TakeoverKey(key))),
                ending("the firm withdraws", (test, key) -> test.withdraw.byFirm(new TakeoverKey(key), "alice")),
                ending("Time is cancelled", (test, key) -> test.listed("Time status", "Cancelled")),
                ending("the cost rises", (test, key) -> test.listed("Time users", "11")),
                ending("billing operations cancel it", (test, key) -> {
                    test.world.card(test.firm, false);
                    test.world.timePassesTo(LocalDate.of(2026, 4, 20));
                    test.world.completes("olivia", key, "UserTask_ResolveProblem", Map.of("resolution", "cancel"));
                    test.world.runDue();
                }));
    }

    private static Arguments ending(String how, BiConsumer<InvitationScenarios, String> ends) {
        return Arguments.of(how, ends);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("endings")
    @DisplayName("S85 a confirmed change ends: both are told why, at once")
    void ends(String how, BiConsumer<InvitationScenarios, String> ends) {
        line = AccountLine.split().billedOn(28);
        String key = world.confirmed(world.imports(firm, line));
        List<String> before = world.mailKindsOf(key);

        ends.accept(this, key);
        world.runDue();

        List<String> told = world.mailKindsOf(key);
        assertThat(told.subList(before.size(), told.size()))
                .as(how)
                .anyMatch(kind -> kind.endsWith("to FIRM"))
                .anyMatch(kind -> kind.endsWith("to CLIENT"));
        assertThat(world.takeover(key).outcome()).isNotEqualTo(Outcome.FIRM_PAYS_ALL);
    }

    @Test
    @DisplayName(
            "no mail promises what the next one of the same minute takes back: an offer against which there is a rule")
    void contradictsNothing() {
        line = AccountLine.split().billedOn(28);
        Account account = world.imports(firm, line);
        String key = world.asked(account);
        listed("Time in payroll", "Yes");
        int before = world.textsTo(account.client().admin().email()).size();

        world.clientAnswers(key, false);

        assertThat(world.mailKindsOf(key)).doesNotContain("OPTION_TWO_OFFERED to CLIENT");
        List<String> texts = world.textsTo(account.client().admin().email());
        assertThat(texts.subList(before, texts.size()))
                .isNotEmpty()
                .first()
                .asString()
                .contains("Where the rules allow it, you will receive another offer");
    }

    private AccountLine line = AccountLine.split();

    private void listed(String column, String value) {
        world.imports(firm, line.with(column, value));
        world.runDue();
    }

    private Account found() {
        Account account = world.imports(firm, AccountLine.split().stoppingOn(STOP_DATE));
        world.runDue();
        return account;
    }

    private Invitations.Cost cost(Account account) {
        return invitations.of(account.client().id()).orElseThrow().cost();
    }

    private String words(Invitations.Difference difference) {
        Money firmPays = difference.firm();
        return world.inWords(firmPays).replaceAll("[-\u2212]", "");
    }

    private Integration integration(Account account) {
        return world.accounts.account(account.client().id()).client().integration();
    }

    private static String key(Account account) {
        return new ClientKey(account.client().id()).text();
    }

    private static Instant at(LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(World.TORONTO).toInstant();
    }
}
