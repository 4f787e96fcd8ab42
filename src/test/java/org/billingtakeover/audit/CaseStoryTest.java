package org.billingtakeover.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.QuoteNumber;
import org.billingtakeover.picture.Walk;
import org.billingtakeover.takeover.Way;
import org.billingtakeover.trail.KnownEntry;
import org.billingtakeover.trail.StoredEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Documents are written out as databases hold them: what was once written must be read for good. */
@DisplayName("The story of a case")
class CaseStoryTest {

    private static final Instant NOON = Instant.parse("2026-03-02T17:00:00Z");

    private static final String CHARGE = """
            {"baseFee":{"amount":"25.00","currency":"CAD"},"basis":"LIST","net":{"amount":"145.00","currency":"CAD"},"payer":"%s",\
            "perUser":{"amount":"10.00","currency":"CAD"},"product":"QUICKBOOKS_TIME",\
            "taxes":[{"amount":{"amount":"7.25","currency":"CAD"},"name":"GST/TPS"}],\
            "total":{"amount":"152.25","currency":"CAD"},"users":12}""";

    private static final String QUOTE =
            """
            {"after":[%s],"before":[%s],"madeAt":"2026-03-02T17:00:00.733290Z","moving":"QUICKBOOKS_TIME","movingAtListPrice":%s,\
            "newPayer":"FIRM","number":"Q-000001","priceListVersion":"SAMPLE","validUntil":"2026-03-17T05:00:00Z"}""".formatted(CHARGE.formatted("FIRM"), CHARGE.formatted("CLIENT"), CHARGE.formatted("FIRM"));

    private static final String ASKED = """
            "email":{"digest":"e1"},"language":"FR","lastDay":"2026-03-16","name":{"digest":"d1"},"quoteNumber":"Q-000001",\
            "request":"R-1","status":"%s","way":"FIRM_TAKES_TIME\"""";

    private static final String ANSWER = """
            "answer":{"at":"2026-03-03T15:00:00.634120Z","channel":"LINK","confirmed":true,"from":{"digest":"f1"},"message":null,\
            "name":{"digest":"d1"},"recordedBy":null,"role":{"digest":"r1"},"shownIn":"EN"},""";

    private static final String CHANGE = """
            {"billingDate":"2026-03-15","from":"CLIENT","quoteNumber":"Q-000001","subscriptionId":"6943ad42-e426-4bf1-bcb5-f4998d908410",\
            "switchedAt":"2026-03-15T05:00:00.494902Z","takeoverKey":"TKO-2026-00001","to":"FIRM","way":"FIRM_TAKES_TIME"}""";

    private static final String PAYOUT = """
            {"amount":{"amount":"120.00","currency":"CAD"},"firmId":"F-100","paidAt":"2026-03-15T05:00:00.563576Z",\
            "takeoverKey":"TKO-2026-00001"}""";

    private final List<KnownEntry> entries = new ArrayList<>();

    @BeforeEach
    void nothingYet() {
        entries.clear();
    }

    @Test
    @DisplayName("is read of the first form, where what happened and what it was about are two entries")
    void firstForm() {
        happened("system", "QUOTE_KEPT", "{\"quote\":" + QUOTE + "}");
        happened("system", "QUOTE_MADE", "{\"detail\":\"Q-000001\"}");
        happened("system", "FORM_MADE", "{\"language\":\"FR\",\"step\":\"UserTask_ReviewNewCost\"}");
        happened("alice", "FIRM_TAKES_OVER", "{\"detail\":\"Q-000001\"}");
        happened("system", "CONSENT_REQUEST_KEPT", "{" + ASKED.formatted("OPEN") + "}");
        happened("system", "CLIENT_ASKED", "{\"detail\":\"2026-03-16\"}");
        happened("client", "CONSENT_ANSWER_KEPT", "{" + ANSWER + ASKED.formatted("CONFIRMED") + "}");
        happened("client", "CLIENT_CONFIRMED", "{\"detail\":\"LINK\"}");
        happened("system", "PAYER_CHANGED", "{\"change\":" + CHANGE + "}");
        happened("system", "SWITCHED", "{\"detail\":\"2026-03-15\"}");
        happened("system", "PAYOUT_MADE", "{\"payout\":" + PAYOUT + "}");
        happened("system", "COMMISSION_PAID", "{\"detail\":\"120.00 CAD\"}");

        CaseStory story = story();

        assertToldAlike(story);
        assertThat(said(story, "CLIENT_ASKED")).isEqualTo(new Said.Plain("2026-03-16"));
        assertThat(said(story, "PAYOUT_MADE"))
                .isEqualTo(said("COMMISSION_PAID", "{\"form\":2,\"payout\":" + PAYOUT + "}"));
    }

    @Test
    @DisplayName("is read of the second form, where they are one")
    void secondForm() {
        happened("system", "QUOTE_MADE", "{\"form\":2,\"quote\":" + QUOTE + "}");
        happened("system", "FORM_MADE", "{\"language\":\"FR\",\"step\":\"UserTask_ReviewNewCost\"}");
        happened("alice", "FIRM_TAKES_OVER", "{\"detail\":\"Q-000001\",\"form\":2}");
        happened("system", "CLIENT_ASKED", "{\"form\":2,\"request\":{" + ASKED.formatted("OPEN") + "}}");
        happened(
                "client",
                "CLIENT_CONFIRMED",
                "{\"form\":2,\"request\":{" + ANSWER + ASKED.formatted("CONFIRMED") + "}}");
        happened("system", "SWITCHED", "{\"change\":" + CHANGE + ",\"form\":2}");
        happened("system", "COMMISSION_PAID", "{\"form\":2,\"payout\":" + PAYOUT + "}");

        CaseStory story = story();

        assertToldAlike(story);
        assertThat(said(story, "COMMISSION_PAID")).isEqualTo(new Said.Paid(Money.of("120.00", cad())));
        assertThat(story.entries()).extracting(StoryEntry::subject).contains("request R-1");
    }

    /** But for the numbers of entries. */
    private static void assertToldAlike(CaseStory story) {
        assertThat(story.quote(new QuoteNumber("Q-000001")))
                .hasValueSatisfying(quote -> assertThat(quote.moving()).isEqualTo(Product.QUICKBOOKS_TIME));
        assertThat(story.entryOfQuote(new QuoteNumber("Q-000001")))
                .map(StoryEntry::number)
                .contains(1);
        assertThat(story.acknowledged()).extracting(StoryEntry::actor).isEqualTo("alice");
        assertThat(story.questions()).singleElement().satisfies(question -> {
            assertThat(question.status()).isEqualTo("CONFIRMED");
            assertThat(question.lastDay()).isEqualTo(LocalDate.of(2026, 3, 16));
            assertThat(question.name()).isEqualTo(new Said.Person("Alex Admin"));
            assertThat(question.email()).isEqualTo(new Said.Person(null));
            assertThat(question.answer()).satisfies(answer -> {
                assertThat(answer.confirmed()).isTrue();
                assertThat(answer.shownIn()).isEqualTo(Language.EN);
                assertThat(answer.message()).isNull();
                assertThat(answer.at()).isEqualTo(Instant.parse("2026-03-03T15:00:00.634120Z"));
            });
        });
        assertThat(story.shown())
                .extracting(shown -> shown.entry().actor(), CaseStory.Shown::language, CaseStory.Shown::quoteNumber)
                .containsExactly(
                        tuple("alice", Language.FR, new QuoteNumber("Q-000001")),
                        tuple("system", null, new QuoteNumber("Q-000001")),
                        tuple("client", null, new QuoteNumber("Q-000001")));
        assertThat(story.switched()).isEqualTo(LocalDate.of(2026, 3, 15));
        assertThat(story.entries())
                .extracting(StoryEntry::said)
                .contains(
                        new Said.Switched(Way.FIRM_TAKES_TIME, Payer.CLIENT, Payer.FIRM, LocalDate.of(2026, 3, 15)),
                        new Said.Paid(Money.of("120.00", cad())));
    }

    @Test
    @DisplayName(
            "knows a question that ended, a lower quote, a refused step, and whatever is plain, of the second form")
    void otherCodes() {
        assertThat(said("QUESTION_ENDED", "{\"form\":2,\"request\":{" + ASKED.formatted("SUPERSEDED") + "}}"))
                .isInstanceOfSatisfying(
                        Said.Question.class,
                        question -> assertThat(question.status()).isEqualTo("SUPERSEDED"));
        assertThat(said("CLIENT_DID_NOT_ANSWER", "{\"form\":2,\"request\":{" + ASKED.formatted("EXPIRED") + "}}"))
                .isInstanceOf(Said.Question.class);
        assertThat(said("QUOTE_LOWERED", "{\"follows\":\"Q-000000\",\"form\":2,\"quote\":" + QUOTE + "}"))
                .isInstanceOfSatisfying(
                        Said.Quoted.class,
                        quoted -> assertThat(quoted.follows()).isEqualTo("Q-000000"));
        assertThat(said(
                        "STEP_REFUSED",
                        "{\"form\":2,\"reason\":\"notConfirmed\",\"step\":\"ServiceTask_SwitchBilling\"}"))
                .isEqualTo(new Said.Refused("ServiceTask_SwitchBilling", "notConfirmed"));
        assertThat(said("PUT_BACK", "{\"form\":2}")).isEqualTo(new Said.Plain(null));
        assertThat(said("CLOSED", "{\"detail\":\"FIRM_PAYS_ALL\",\"form\":2}"))
                .isEqualTo(new Said.Plain("FIRM_PAYS_ALL"));
    }

    @Test
    @DisplayName("says flat what an entry says, the same of both forms")
    void leaves() {
        List<StoryEntry.Leaf> first = entry("CONSENT_REQUEST_KEPT", "{" + ASKED.formatted("OPEN") + "}")
                .leaves();
        assertThat(first)
                .contains(
                        new StoryEntry.Leaf(List.of("name"), "name", StoryEntry.Kind.PERSON, "Alex Admin"),
                        new StoryEntry.Leaf(List.of("email"), "email", StoryEntry.Kind.PERSON, null),
                        new StoryEntry.Leaf(List.of("status"), "status", StoryEntry.Kind.CODE, "OPEN"));
        assertThat(entry("CLIENT_ASKED", "{\"form\":2,\"request\":{" + ASKED.formatted("OPEN") + "}}")
                        .leaves())
                .isEqualTo(first);
        assertThat(entry("PUT_BACK", "{\"form\":2}").leaves()).isEmpty();
        assertThat(entry("QUOTE_MADE", "{\"form\":2,\"quote\":" + QUOTE + "}").leaves())
                .contains(new StoryEntry.Leaf(
                        List.of("quote", "after", "1", "taxes", "1", "amount"),
                        "amount",
                        StoryEntry.Kind.MONEY,
                        "7.25 CAD"));
    }

    @Test
    @DisplayName("follows the diagrams that the case ran on, by steps, incidents and moves to another version")
    void walks() {
        happened("system", "STEPS", """
                {"steps":[{"how":"began","instance":"i","process":"change-payer","state":"ACTIVE","version":1},
                          {"how":"passed","process":"change-payer","step":"Start","version":1}]}""");
        happened("system", "INCIDENT_OPENED", "{\"step\":\"Switch\",\"type\":\"failedJob\"}");
        happened("olivia", "PROCESS_MOVED", "{\"instance\":\"i\",\"process\":\"change-payer\",\"version\":2}");
        assertThat(story().ran()).extracting(ran -> ran.walk().over()).containsExactly(true, false);

        happened("system", "STEPS", """
                {"steps":[{"how":"ended","instance":"i","process":"change-payer","state":"COMPLETED","version":2}]}""");
        assertThatBothVersionsAreShown();
    }

    @Test
    @DisplayName("follows them where an earlier version told of their beginnings and ends apart")
    void walksOfEarlierVersion() {
        happened("system", "PROCESS_STARTED", "{\"instance\":\"i\",\"process\":\"change-payer\",\"version\":1}");
        happened(
                "system",
                "STEPS",
                "{\"steps\":[{\"how\":\"passed\",\"process\":\"change-payer\",\"step\":\"Start\",\"version\":1}]}");
        happened("system", "INCIDENT_OPENED", "{\"step\":\"Switch\",\"type\":\"failedJob\"}");
        happened("olivia", "PROCESS_MOVED", "{\"instance\":\"i\",\"process\":\"change-payer\",\"version\":2}");
        happened("system", "PROCESS_ENDED", "{\"instance\":\"i\",\"process\":\"change-payer\",\"version\":2}");
        assertThatBothVersionsAreShown();
    }

    private void assertThatBothVersionsAreShown() {
        assertThat(story().ran())
                .satisfiesExactly(first -> assertThat(first.walk().over()).isTrue(), second -> {
                    assertThat(second.version()).isEqualTo(2);
                    assertThat(second.walk())
                            .isEqualTo(new Walk(
                                    List.of(
                                            new Walk.Step("Start", Walk.How.PASSED),
                                            new Walk.Step("Switch", Walk.How.FAILED)),
                                    true));
                });
    }

    @Test
    @DisplayName("takes an entry that somebody altered as plain, and shows what it says")
    void altered() {
        assertThat(said("PAYER_CHANGED", "{\"change\":{\"billingDate\":\"never\"}}"))
                .isEqualTo(new Said.Plain(null));
        assertThat(said("MAIL_SENT", "[]")).isEqualTo(new Said.Plain(null));
        StoryEntry ruined = StoryEntry.of(new KnownEntry(
                new StoredEntry("T", 1, NOON, "x", "MAIL_SENT", "no JSON", new byte[0], new byte[0], null), Map.of()));
        assertThat(ruined.said()).isEqualTo(new Said.Plain(null));
        assertThat(ruined.leaves()).extracting(StoryEntry.Leaf::text).containsExactly("no JSON");
    }

    private static Currency cad() {
        return Currency.getInstance("CAD");
    }

    private void happened(String actor, String what, String content) {
        entries.add(known(entries.size() + 1, actor, what, content));
    }

    private CaseStory story() {
        return CaseStory.of(entries);
    }

    private static Said said(CaseStory story, String what) {
        return story.entries().stream()
                .filter(entry -> entry.what().equals(what))
                .findFirst()
                .orElseThrow()
                .said();
    }

    private static Said said(String what, String content) {
        return entry(what, content).said();
    }

    private static StoryEntry entry(String what, String content) {
        return StoryEntry.of(known(1, "system", what, content));
    }

    private static KnownEntry known(int number, String actor, String what, String content) {
        String document = "{\"actor\":\"%s\",\"at\":\"%s\",\"case\":\"TKO-2026-00001\",\"content\":%s,\"what\":\"%s\"}"
                .formatted(actor, NOON, content, what);
        return new KnownEntry(
                new StoredEntry("TKO-2026-00001", number, NOON, actor, what, document, new byte[0], new byte[0], null),
                Map.of("d1", new KnownEntry.Said("00", "Alex Admin")));
    }
}
