package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.billingtakeover.Door;
import org.billingtakeover.account.Account;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Subject;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.Letter;
import org.billingtakeover.notification.MailKind;
import org.billingtakeover.retention.ForgetPeople;
import org.billingtakeover.retention.OldRecords;
import org.billingtakeover.trail.ErasePersonalData;
import org.billingtakeover.trail.Seals;
import org.billingtakeover.trail.StoredTrail;
import org.billingtakeover.verifier.Verify;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What is left of people when the period of their case is over: seven years after it was closed. */
@ScenarioTest
@DisplayName("What is known of people")
class RetentionScenarios extends Story {

    /** The case below is closed on March 15, 2026. */
    private static final Instant LAST_DAY_OF_ITS_PERIOD = Instant.parse("2033-03-15T23:59:59Z");

    private static final Instant A_DAY_BEFORE_IT_WAS_CLOSED = Instant.parse("2026-03-14T00:00:00Z");

    private static final Instant ITS_PERIOD_IS_OVER = Instant.parse("2033-03-16T03:30:00Z");

    @Autowired
    ForgetPeople people;

    @Autowired
    OldRecords records;

    @Autowired
    ErasePersonalData erase;

    @Autowired
    Seals seals;

    @Autowired
    StoredTrail trail;

    @Autowired
    Door door;

    private Account account;
    private String closed;
    private String open;

    @BeforeEach
    void givenAClosedCaseAndAnOpenOne() {
        account = world.imports(firm, AccountLine.split());
        closed = world.confirmed(account);
        open = world.asked(world.imports(firm, AccountLine.split().billedOn(28)));
        world.timePassesTo(LocalDate.of(2026, 3, 16));
        seals.seal();
    }

    @AfterEach
    void backToToday() {
        world.todayIs(TODAY);
    }

    @Test
    @DisplayName("S53 stays until the period is over, and then goes from every record of this case and of no other")
    void forgotten() {
        String admin = account.client().admin().email();
        assertThat(kept(closed)).contains(admin, "Alex Admin", "192.0.2.7", "Owner");
        String ofOpen = kept(open);
        assertThat(ofOpen).contains("@example.com");

        world.clock.set(LAST_DAY_OF_ITS_PERIOD);
        people.forget();
        assertThat(kept(closed)).contains(admin, "Alex Admin", "192.0.2.7");
        assertThat(whats(closed)).doesNotContain("RECORDS_ERASED", "PERSONAL_DATA_ERASED");

        world.clock.set(ITS_PERIOD_IS_OVER);
        assertThat(people.forget()).isPositive();
        assertThat(kept(closed))
                .doesNotContain(
                        "@", "Alex", "192.0.2.7", "Owner", account.client().name());
        assertThat(kept(open)).isEqualTo(ofOpen);
        assertThat(whats(closed)).endsWith("PERSONAL_DATA_ERASED", "RECORDS_ERASED");
        assertThat(whats(open)).doesNotContain("RECORDS_ERASED");

        assertThat(people.forget()).isZero();
        assertThat(world.transaction.<Boolean>execute(
                        status -> records.erase(new TakeoverKey(closed), ITS_PERIOD_IS_OVER, ITS_PERIOD_IS_OVER)
                                .isEmpty()))
                .as("at another node, a moment later")
                .isTrue();
        assertThat(whats(closed)).containsOnlyOnce("RECORDS_ERASED");
        seals.seal();
        assertThat(Verify.stored(trail, List.of(), progress -> {}).findings()).isEmpty();
        assertThat(world.accounts
                        .account(account.client().id())
                        .client()
                        .admin()
                        .email())
                .as("the account itself, while the firm lists it")
                .isEqualTo(admin);
    }

    @Test
    @DisplayName("S53 is shown as erased to auditors, and the case can still be read")
    void pages() {
        world.clock.set(ITS_PERIOD_IS_OVER);
        people.forget();

        String timeLine =
                door.signedIn("auditor", null).get("/audit/cases/" + closed).body();
        assertThat(timeLine).contains("erased", "Personal data erased").doesNotContain("192.0.2.7", "Alex Admin<");
        assertThat(door.signedIn("billing-operations", null)
                        .get("/cases/" + closed)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("does not go while the case is open or its period lasts, whoever asks for it")
    void refused() {
        for (String key : List.of(open, closed)) {
            assertThatThrownBy(() -> world.transaction.executeWithoutResult(status ->
                            records.erase(new TakeoverKey(key), A_DAY_BEFORE_IT_WAS_CLOSED, ITS_PERIOD_IS_OVER)))
                    .hasMessageContaining("is not over");
        }
        assertThatThrownBy(() -> erase.of(open, "olivia", "retention P7Y"))
                .rootCause()
                .hasMessageContaining("is still open");
        assertThat(kept(open)).contains("@example.com");
        assertThat(kept(closed)).contains("Alex Admin");
    }

    @Test
    @DisplayName("goes as well where a client without a case was written to")
    void withoutCase() {
        String key = "STOP-" + account.client().id();
        world.transaction.executeWithoutResult(status -> world.mails.post(new Letter(
                MailKind.INTEGRATION_STOPPED,
                Subject.of(key),
                Payer.CLIENT,
                "Alex Admin",
                "alex@example.com",
                Language.EN,
                false,
                Map.of("client", "Untel"),
                null)));

        world.clock.set(ITS_PERIOD_IS_OVER);
        people.forget();
        assertThat(kept(key)).contains("alex@example.com");
        world.clock.set(Instant.parse("2033-03-17T03:30:00Z"));
        people.forget();
        assertThat(kept(key)).doesNotContain("alex", "Alex", "Untel");
    }

    /** Everything that the product's tables say of a case, but for what the trail's documents say by digests. */
    private String kept(String key) {
        StringBuilder kept = new StringBuilder();
        for (String rows : List.of(
                "select m::text from mail m where coalesce(takeover_key, 'STOP-' || client_id) = ? order by id",
                "select r::text from consent_request r where takeover_key = ? order by id",
                "select e::text from takeover_event e where takeover_key = ? order by number",
                "select q::text from quote q where takeover_key = ? order by number",
                "select value from audit_personal where case_key = ? order by digest")) {
            world.jdbc
                    .sql(rows)
                    .param(key)
                    .query(String.class)
                    .list()
                    .forEach(row -> kept.append(row).append('\n'));
        }
        return kept.toString();
    }

    private List<String> whats(String key) {
        return world.jdbc
                .sql("select what from audit_entry where case_key = ? order by number")
                .param(key)
                .query(String.class)
                .list();
    }
}
