package org.billingtakeover.confirmation;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.TestClock;
import org.billingtakeover.Visitor;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.ConsentRequest;
import org.billingtakeover.takeover.ConsentRequest.Answer;
import org.billingtakeover.takeover.ConsentRequest.Channel;
import org.billingtakeover.takeover.ConsentRequest.Status;
import org.billingtakeover.takeover.ConsentRequests;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Reconsider;
import org.billingtakeover.takeover.Stage;
import org.billingtakeover.takeover.Way;
import org.billingtakeover.takeover.Withdraw;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@BackOfficeTest
@DisplayName("The client's page")
class AnswerPageTest {

    private static final Map<String, String> CONFIRMED = Map.of(
            "answer", "confirmed", "name", "Mireille Gagnon", "role", "propriétaire", "agree", "yes", "lang", "fr");
    private static final Map<String, String> DECLINED =
            Map.of("answer", "declined", "name", "Mireille Gagnon", "role", "propriétaire", "lang", "fr");

    @Autowired
    ApplicationContext context;

    @Autowired
    Withdraw withdraw;

    @Autowired
    Reconsider reconsider;

    @Autowired
    ConsentRequests requests;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    IdentityService identities;

    @Autowired
    TestClock clock;

    @LocalServerPort
    int port;

    private Question question;
    private Visitor client;

    @BeforeEach
    void givenAClientWasAsked() {
        question = Question.toClientInMontreal(context);
        client = new Visitor(port);
    }

    // ---- reading

    @Test
    @DisplayName("names the day on which two payers stop the integration, and none that has passed without a stop")
    void stopDate() {
        assertThat(client.get(question.path() + "?lang=en").body())
                .contains("With two payers, the integration between QuickBooks Online and QuickBooks Time stops on ")
                .doesNotContain("You are told of the day in time");

        answers(CONFIRMED);
        assertThat(client.get(question.path() + "?lang=en").body()).contains("you can take it back.");
        transaction.executeWithoutResult(status -> jdbc.sql("update client set stop_date = '2026-01-31' where id = ?")
                .param(question.account().client().id())
                .update());
        for (String page : List.of(question.path() + "/withdraw?lang=en", question.path() + "?lang=en")) {
            assertThat(client.get(page).body()).doesNotContain("stops on ", "The integration has been stopped");
        }
        assertThat(client.get(question.path() + "/withdraw?lang=en").body())
                .contains("You are told of the day in time");
    }

    @Test
    @DisplayName("S24 decides nothing however often and with whatever it is opened")
    void openingDecidesNothing() {
        ConsentRequest before = question.request();
        int events = question.events();

        for (String query : List.of(
                "", "", "?lang=en", "?answer=confirmed&name=Robot&role=scanner&agree=yes", "?answer=declined")) {
            HttpResponse<String> page = new Visitor(port).get(question.path() + query);
            assertThat(page.statusCode()).as(query).isEqualTo(200);
        }
        for (String action : List.of("/withdraw", "/reconsider", "/not-me", "/language", "/again")) {
            assertThat(new Visitor(port).get(question.path() + action).statusCode())
                    .as(action)
                    .isNotEqualTo(500);
        }
        question.runDue();

        assertThat(question.request()).isEqualTo(before);
        assertThat(before.status()).isEqualTo(Status.OPEN);
        assertThat(question.events()).isEqualTo(events);
        assertThat(question.takeover().stage()).isEqualTo(Stage.ASKING);
    }

    @Test
    @DisplayName("shows who asks, what it costs and until when an answer counts")
    void showsTheQuestion() {
        String page = client.get(question.path() + "?lang=en").body();

        assertThat(page)
                .contains(
                        question.account().firm().name(),
                        question.account().client().name(),
                        "Should your accounting firm pay for QuickBooks Time?",
                        "What QuickBooks bills you",
                        String.valueOf(question.takeover().quoteNumber()),
                        "Your answer counts until the end of",
                        question.key());
    }

    @Test
    @DisplayName("shows both options and separate bills beside each other, without what is the firm's alone")
    void showsBothOptions() {
        String page = client.get(question.path() + "?lang=en").body();

        assertThat(page)
                .contains("Both options side by side", "Leave separate", "March 12, 2026", "Wholesale discount ends")
                .containsSubsequence("Option 1: your firm pays both", "Option 2: you pay both")
                .doesNotContain("Commission", "The firm pays a month");
        assertThat(client.get(question.path() + "?lang=fr").body())
                .contains("Les deux options côte à côte", "Option 2\u00a0: vous payez les deux");
    }

    @Test
    @DisplayName("says from when its own bills no longer have the product, and nothing of the firm's bill")
    void saysWhatBecomesOfItsBills() {
        assertThat(client.get(question.path() + "?lang=en").body())
                .containsSubsequence(
                        "First bill after the change",
                        "If you agree by March 15, 2026, the payer changes on March 20, 2026.",
                        "is billed for QuickBooks Time, and your own bills no longer have it.")
                .doesNotContain("consolidated bill");
        assertThat(client.get(question.path() + "?lang=fr").body())
                .contains(
                        "Si vous acceptez au plus tard le 15 mars 2026, le payeur change le 20 mars 2026",
                        "ne figure plus sur vos propres factures");
    }

    @Test
    @DisplayName("is kept nowhere on the way, passes its address on to nobody, and is not found by search engines")
    void headers() {
        HttpResponse<String> page = client.get(question.path());
        HttpResponse<String> unknown = client.get("/answer/" + "A".repeat(43));
        client.get(question.path());
        HttpResponse<String> refused = client.post(question.path(), Map.of());

        for (HttpResponse<String> response : List.of(page, unknown, refused)) {
            assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
            assertThat(response.headers().allValues("Referrer-Policy")).containsExactly("no-referrer");
            assertThat(response.headers().firstValue("X-Robots-Tag").orElse("")).contains("noindex");
            assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'");
        }
        assertThat(page.body()).doesNotContain("http://", "https://", "<script");
    }

    @Test
    @DisplayName("never brings the link into the log")
    void noTokenInTheLog() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger all = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger ours = (Logger) LoggerFactory.getLogger("org.billingtakeover");
        log.start();
        all.addAppender(log);
        ours.setLevel(Level.TRACE);
        try {
            ours.info("The log is read");
            String path = question.path();
            client.get(path);
            client.post(path, Map.of());
            client.post(path, CONFIRMED);
            client.post(path, CONFIRMED);
            client.get(path);
            client.post(path + "/withdraw", Map.of());
            new Visitor(port).post(path, CONFIRMED);
            client.get(path + "/nothing-here");
            question.runDue();

            assertThat(log.list.stream().map(ILoggingEvent::getFormattedMessage))
                    .contains("The log is read")
                    .noneMatch(line -> line.contains(question.token()));
        } finally {
            ours.setLevel(null);
            all.detachAppender(log);
        }
    }

    @Test
    @DisplayName(
            "S102 takes no answer from whoever has become the firm's own meanwhile: the question ends, and the owner is to be asked")
    void joinedTheFirm() {
        String tenant = question.account().firm().id().text();
        User joined = identities.newUser("joined" + System.nanoTime());
        joined.setEmail(question.request().email().toUpperCase(Locale.ROOT));
        identities.saveUser(joined);
        identities.createTenantUserMembership(tenant, joined.getId());

        client.get(question.path());
        String page = client.post(question.path(), CONFIRMED).body();
        question.runDue();

        assertThat(page).contains("un cabinet ne peut pas consentir pour son client");
        assertThat(question.request().status()).isEqualTo(Status.WITHDRAWN);
        assertThat(question.request().answer()).isNull();
        assertThat(question.takeover().stage()).isEqualTo(Stage.REVIEW);
        assertThat(question.waitsWithOperations()).isTrue();
    }

    // ---- a stranger

    @Test
    @DisplayName("tells a stranger nothing: every link that is none looks the same")
    void wrongTokens() {
        String token = question.token();
        char first = token.charAt(0) == 'A' ? 'B' : 'A';
        List<String> wrong = List.of(
                "x",
                "",
                "A".repeat(43),
                first + token.substring(1),
                token + "A",
                token.substring(1),
                token + "/",
                token + "/nothing",
                "A".repeat(43) + "/not-me",
                "A".repeat(43) + "/again",
                "A".repeat(43) + "/withdraw",
                "%F0%9F%98%80");
        String body = new Visitor(port).get("/answer/" + "B".repeat(43)).body();

        assertThat(body)
                .contains("This link leads nowhere", "href=\"?lang=fr\"")
                .doesNotContain(
                        question.account().firm().name(),
                        question.account().client().name(),
                        question.account().firm().email(),
                        question.key());
        assertThat(new Visitor(port)
                        .get("/answer/" + "B".repeat(43) + "?lang=fr")
                        .body())
                .contains("Ce lien ne mène nulle part", "href=\"?lang=en\"");
        for (String other : wrong) {
            HttpResponse<String> page = new Visitor(port).get("/answer/" + other);
            assertThat(page.statusCode()).as(other).isEqualTo(404);
            assertThat(page.body()).as(other).isEqualTo(body);
        }
    }

    @Test
    @DisplayName("takes no answer, withdrawal or second thought behind a link that is none")
    void wrongTokensDecideNothing() {
        client.get(question.path() + "?lang=en");

        for (String action : List.of("", "/withdraw", "/reconsider", "/not-me", "/again", "/language")) {
            HttpResponse<String> page = client.post("/answer/" + "A".repeat(43) + action, CONFIRMED);
            assertThat(page.statusCode()).as(action).isEqualTo(404);
            assertThat(page.body())
                    .as(action)
                    .doesNotContain(
                            question.account().firm().name(),
                            question.account().client().name());
        }
        assertThat(question.request().status()).isEqualTo(Status.OPEN);
    }

    @Test
    @DisplayName("takes an answer from a browser that keeps no cookies, and gives it none")
    void noCookies() {
        HttpResponse<String> page = new Visitor(port).get(question.path());
        HttpResponse<String> sent = new Visitor(port).post(question.path(), CONFIRMED);
        HttpResponse<String> again = new Visitor(port).post(question.path(), DECLINED);

        assertThat(sent.statusCode()).isEqualTo(302);
        assertThat(question.answer().confirmed()).isTrue();
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("Cette question a déjà reçu une réponse");
        for (HttpResponse<String> response : List.of(page, sent, again)) {
            assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
        }
    }

    // ---- answering

    @Test
    @DisplayName("says beside each field what is missing, keeps what was typed, and sends nothing")
    void missingFields() {
        for (String missing : List.of("name", "role", "agree")) {
            Map<String, String> form = new HashMap<>(CONFIRMED);
            form.put("lang", "en");
            form.put("message", "Please call <me> & my partner");
            form.remove(missing);
            client.get(question.path() + "?lang=en");

            HttpResponse<String> page = client.post(question.path(), form);

            assertThat(page.statusCode()).as(missing).isEqualTo(422);
            assertThat(page.body())
                    .as(missing)
                    .contains("Nothing was sent yet.", "Please call &lt;me&gt; &amp; my partner")
                    .containsOnlyOnce("class=\"fault\"");
            assertThat(labelOf(missing, page.body())).as(missing).contains("class=\"fault\"");
            Stream.of("name", "role")
                    .filter(kept -> !kept.equals(missing))
                    .forEach(kept ->
                            assertThat(labelOf(kept, page.body())).contains("value=\"" + form.get(kept) + "\""));
            if (!missing.equals("agree")) {
                assertThat(labelOf("agree", page.body())).contains("checked");
            }
        }
        assertThat(question.request().status()).isEqualTo(Status.OPEN);
    }

    @Test
    @DisplayName("does not take blanks for a name, and no text that is too long")
    void unusableFields() {
        client.get(question.path() + "?lang=en");

        for (Map.Entry<String, String> unusable : Map.of(
                        "name", "  ", "role", "x".repeat(201), "message", "x".repeat(2001), "answer", "maybe")
                .entrySet()) {
            Map<String, String> form = new HashMap<>(CONFIRMED);
            form.put(unusable.getKey(), unusable.getValue());

            assertThat(client.post(question.path(), form).statusCode())
                    .as(unusable.getKey())
                    .isEqualTo(422);
        }
        assertThat(question.request().status()).isEqualTo(Status.OPEN);
    }

    @Test
    @DisplayName("takes for a name or a role only what has a letter, of any script")
    void unreadableFields() {
        client.get(question.path() + "?lang=fr");

        for (String field : List.of("name", "role")) {
            for (String unreadable : List.of("\u200b", "\u00ad\u2060", "\u202e", "\u3164", "---", "123", "\u0007")) {
                Map<String, String> form = new HashMap<>(CONFIRMED);
                form.put(field, unreadable);

                HttpResponse<String> page = client.post(question.path(), form);

                String as = field + " U+" + Integer.toHexString(unreadable.charAt(0));
                assertThat(page.statusCode()).as(as).isEqualTo(422);
                assertThat(labelOf(field, page.body())).as(as).contains("class=\"fault\"", "200 caractères");
            }
        }
        assertThat(question.request().status()).isEqualTo(Status.OPEN);

        Map<String, String> form = new HashMap<>(CONFIRMED);
        form.put("name", "王");
        assertThat(client.post(question.path(), form).statusCode()).isEqualTo(302);
    }

    @Test
    @DisplayName("says so when neither button was pressed")
    void noButton() {
        client.get(question.path() + "?lang=en");

        HttpResponse<String> page =
                client.post(question.path(), Map.of("name", "M", "role", "owner", "agree", "yes", "lang", "en"));

        assertThat(page.statusCode()).isEqualTo(422);
        assertThat(page.body()).contains("Choose Confirm or Decline.");
    }

    @Test
    @DisplayName("records a confirmation with its evidence and schedules the change")
    void confirms() {
        Map<String, String> form = new HashMap<>(CONFIRMED);
        form.put("message", " Merci! ");

        HttpResponse<String> sent = answers(form);

        assertThat(sent.statusCode()).isEqualTo(302);
        Answer answer = question.answer();
        assertThat(answer.confirmed()).isTrue();
        assertThat(answer.name()).isEqualTo("Mireille Gagnon");
        assertThat(answer.role()).isEqualTo("propriétaire");
        assertThat(answer.channel()).isEqualTo(Channel.LINK);
        assertThat(answer.recordedBy()).isNull();
        assertThat(answer.from()).isEqualTo("127.0.0.1");
        assertThat(answer.message()).isEqualTo("Merci!");
        assertThat(answer.at()).isEqualTo(clock.instant());
        assertThat(question.takeover().stage()).isEqualTo(Stage.SCHEDULED);
        assertThat(jdbc.sql(
                                "select facts ->> 'leftMessage' is not null from mail where takeover_key = ? and kind = 'SCHEDULED' and party = 'FIRM'")
                        .param(question.key())
                        .query(Boolean.class)
                        .single())
                .as("the firm hears of the message")
                .isTrue();
        assertThat(client.get(question.path() + "?lang=en").body())
                .contains("You confirmed. Thank you!", "The payer changes on", "Withdraw my confirmation")
                .doesNotContain("name=\"answer\"");
    }

    @Test
    @DisplayName("takes a decline without the tick")
    void declines() {
        assertThat(answers(DECLINED).statusCode()).isEqualTo(302);

        assertThat(question.times("CLIENT_DECLINED")).isOne();
        assertThat(question.takeover().way()).isEqualTo(Way.CLIENT_TAKES_ONLINE);
    }

    @Test
    @DisplayName("says after a decline what comes next")
    void saysWhatComesNext() {
        String first = question.path();
        answers(DECLINED);

        assertThat(client.get(first + "?lang=en").body())
                .contains("another e-mail asks you whether you would rather pay for both subscriptions yourself");
        answers(DECLINED);
        assertThat(client.get(first + "?lang=en").body()).doesNotContain("another e-mail asks you");
    }

    @Test
    @DisplayName("answers a second press with the first decision, whatever it says")
    void secondPress() {
        String path = question.path();
        answers(CONFIRMED);
        ConsentRequest first = question.request();

        for (Map<String, String> again : List.of(CONFIRMED, DECLINED, Map.of("answer", "confirmed", "lang", "fr"))) {
            HttpResponse<String> sent = client.post(path, again);
            assertThat(sent.statusCode()).isEqualTo(409);
            assertThat(sent.body()).contains("Vous avez confirmé. Merci!", "Cette question a déjà reçu une réponse");
        }
        question.runDue();

        assertThat(question.request()).isEqualTo(first);
        assertThat(question.times("CLIENT_CONFIRMED")).isOne();
        assertThat(question.times("CLIENT_DECLINED")).isZero();
    }

    @Test
    @DisplayName("says once why an answer was not taken")
    void refusalIsSaidOnce() {
        Visitor partner = new Visitor(port);
        partner.get(question.path());
        String path = question.path();
        answers(DECLINED);

        HttpResponse<String> late = partner.post(path, CONFIRMED);

        assertThat(client.get(path).body()).as("to somebody else").doesNotContain("role=\"alert\"");
        assertThat(late.body()).contains("role=\"alert\"", "Vous avez refusé");
        assertThat(partner.get(path).body()).doesNotContain("role=\"alert\"");
    }

    @Test
    @DisplayName("takes no agreement to a cost that has risen since, and says why")
    void costRisen() {
        String path = question.path();
        UUID asked = question.request().id();
        client.get(path);
        transaction.executeWithoutResult(status -> jdbc.sql("update subscription set users = 80 where client_id = ?")
                .param(question.account().client().id())
                .update());

        HttpResponse<String> refused = client.post(path, in("en", CONFIRMED));

        assertThat(refused.body())
                .contains("The cost has risen since this request was sent", "This question no longer counts");
        ConsentRequest request = requests.find(asked).orElseThrow();
        assertThat(request.status()).isEqualTo(Status.SUPERSEDED);
        assertThat(request.answer()).isNull();
        assertThat(client.post(path, in("en", CONFIRMED)).body())
                .contains("a newer request takes the place of this one, so nothing was recorded");
        assertThat(question.times("COST_CHANGED")).isOne();
        assertThat(question.times("CLIENT_CONFIRMED")).isZero();
    }

    @Test
    @DisplayName("counts the first of answers that arrive at the same moment")
    void sameMoment() {
        List<Visitor> windows =
                IntStream.range(0, 4).mapToObj(i -> new Visitor(port)).toList();
        windows.forEach(window -> window.get(question.path()));

        List<Integer> statuses = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> windows.get(i)
                        .post(question.path(), i % 2 == 0 ? CONFIRMED : DECLINED)
                        .statusCode()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(statuses).containsOnlyOnce(302).containsOnly(302, 409);
        assertThat(question.times("CLIENT_CONFIRMED") + question.times("CLIENT_DECLINED"))
                .isOne();
    }

    @Test
    @DisplayName("S84 takes nothing back for a page that showed another billing date, and says what has changed")
    void staleWithdrawal() {
        String path = question.path();
        answers(CONFIRMED);
        client.get(path + "/withdraw?lang=en");
        LocalDate date = question.takeover().billingDate();
        transaction.executeWithoutResult(
                status -> jdbc.sql("update takeover set billing_date = billing_date + 31 where key = ?")
                        .param(question.key())
                        .update());

        HttpResponse<String> stale = client.post(path + "/withdraw", Map.of("lang", "en", "sure", "yes"));

        assertThat(stale.statusCode()).isEqualTo(409);
        assertThat(stale.body())
                .contains(
                        "This page was open while something changed, so nothing was done.",
                        "The date on which the payer changes: " + new InWords(Language.EN).date(date) + " when",
                        "You confirmed. Thank you!");
        assertThat(question.times("WITHDRAWN")).isZero();
    }

    @Test
    @DisplayName("S84 acts on no form that does not say what was seen, as a robot's")
    void formWithoutWhatWasSeen() {
        String path = question.path();
        answers(CONFIRMED);

        HttpResponse<String> blind = new Visitor(port).post(path + "/withdraw", Map.of("lang", "en", "sure", "yes"));

        assertThat(blind.statusCode()).isEqualTo(409);
        assertThat(question.times("WITHDRAWN")).isZero();
    }

    @Test
    @DisplayName("keeps what was typed when the language is changed, and decides nothing by it")
    void languageKeepsWhatWasTyped() {
        Map<String, String> typed = new HashMap<>(CONFIRMED);
        typed.put("message", "Call me");
        typed.put("to", "en");

        HttpResponse<String> page = client.post(question.path() + "/language", typed);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<html lang=\"en\"", "Should your accounting firm pay", ">Call me</textarea>");
        assertThat(labelOf("name", page.body())).contains("value=\"Mireille Gagnon\"");
        assertThat(labelOf("agree", page.body())).contains("checked");
        assertThat(question.request().status()).isEqualTo(Status.OPEN);
    }

    @Test
    @DisplayName("has the focus in the first field that is at fault")
    void focusOnTheFirstFault() {
        Map<String, String> form = new HashMap<>(CONFIRMED);
        form.remove("role");
        form.remove("agree");

        String page = client.post(question.path(), form).body();

        assertThat(page).containsOnlyOnce("autofocus=");
        assertThat(labelOf("role", page)).contains("autofocus");
    }

    // ---- somebody else

    @Test
    @DisplayName(
            "lets whoever is not the primary admin say so: the question ends, billing operations have the case, and nobody is asked")
    void notThisPerson() {
        String path = question.path();
        assertThat(client.get(path + "?lang=en").body())
                .contains("I am not " + question.request().name());
        assertThat(client.get(path + "/not-me?lang=en").body())
                .contains("Is this question not for you?", "nobody is asked until it is corrected");
        assertThat(client.post(path + "/not-me", Map.of("lang", "en")).statusCode())
                .isEqualTo(422);
        assertThat(question.request().status()).isEqualTo(Status.OPEN);

        HttpResponse<String> sent = client.post(path + "/not-me", Map.of("lang", "en", "sure", "yes"));
        question.runDue();

        assertThat(followed(sent).body()).contains("This question was not for you", "Thank you for saying so.");
        assertThat(client.post(path, CONFIRMED).statusCode()).isEqualTo(409);
        assertThat(question.request().status()).isEqualTo(Status.DISOWNED);
        assertThat(question.times("CLIENT_CONFIRMED")).isZero();
        assertThat(question.waitsWithOperations()).isTrue();
    }

    @Test
    @DisplayName("sends the link of an open question again to whoever was asked, and says the same to everybody")
    void linkAgain() {
        String unknown = client.get("/answer/" + "A".repeat(43)).body();
        assertThat(unknown).contains("Have the link sent again");

        HttpResponse<String> known = client.post(
                "/answer/again",
                Map.of("lang", "en", "email", question.request().email()));
        HttpResponse<String> stranger =
                client.post("/answer/again", Map.of("lang", "en", "email", "nobody@example.com"));
        HttpResponse<String> none = client.post("/answer/again", Map.of("lang", "en", "email", "nobody"));

        assertThat(known.statusCode()).isEqualTo(200);
        assertThat(stranger.body()).isEqualTo(known.body()).contains("If a question is open");
        assertThat(none.statusCode()).isEqualTo(422);
        assertThat(question.times("LINK_SENT_AGAIN")).isPositive();
        assertThat(jdbc.sql("select distinct email from mail where kind = 'LINK_AGAIN' and takeover_key = ?")
                        .param(question.key())
                        .query(String.class)
                        .list())
                .containsExactly(question.request().email());
    }

    @Test
    @DisplayName("sends, to whoever holds a link that counts no more, the link of the question that does")
    void linkAgainFromADeadLink() {
        String first = question.path();
        answers(DECLINED);
        transaction.executeWithoutResult(status -> jdbc.sql(
                        "update consent_request set status = 'EXPIRED' where takeover_key = ? and status = 'DECLINED'")
                .param(question.key())
                .update());
        assertThat(client.get(first + "?lang=en").body()).contains("Send the link");

        HttpResponse<String> sent = client.post(first + "/again", Map.of("lang", "en"));

        assertThat(sent.body())
                .contains("If a question is open")
                .doesNotContain(question.request().email());
        assertThat(question.times("LINK_SENT_AGAIN")).isOne();
    }

    // ---- a question that is over

    @Test
    @DisplayName("S21 takes an answer until the last minute of the last day where the client is, and none after it")
    void expired() {
        LocalDate lastDay = question.request().lastDay();
        clock.set(Question.at(lastDay, LocalTime.of(23, 59)));
        assertThat(client.get(question.path() + "?lang=en").body()).contains("name=\"answer\"");

        clock.set(Question.at(lastDay.plusDays(1), LocalTime.MIDNIGHT));

        HttpResponse<String> tooLate = client.post(question.path(), CONFIRMED);
        assertThat(tooLate.statusCode()).isEqualTo(409);
        assertThat(tooLate.body()).contains("Le délai de réponse est écoulé").doesNotContain("name=\"answer\"");
        assertThat(question.request().answer()).isNull();
        assertThat(question.times("CLIENT_CONFIRMED")).isZero();

        String path = question.path();
        question.runDue();
        assertThat(client.get(path + "?lang=en").body()).contains("The time for an answer is over");
    }

    @Test
    @DisplayName("S22 says that the firm has withdrawn the question")
    void withdrawnByFirm() {
        String path = question.path();
        client.get(path);
        withdraw.byFirm(new TakeoverKey(question.key()), "test");
        question.runDue();

        HttpResponse<String> tooLate = client.post(path, CONFIRMED);

        assertThat(tooLate.body()).contains("La question a été retirée");
        assertThat(client.get(path + "?lang=en").body())
                .contains(
                        "The question was withdrawn", question.account().firm().name() + " has withdrawn it.")
                .doesNotContain("name=\"answer\"", "Withdraw my confirmation", "I would like to be asked again");
        assertThat(question.request().status()).isEqualTo(Status.WITHDRAWN);
        assertThat(question.times("CLIENT_CONFIRMED")).isZero();
    }

    @Test
    @DisplayName("says that another question has taken the place of this one")
    void superseded() {
        answers(DECLINED);
        String second = question.path();
        client.get(second);
        reconsider.byFirm(new TakeoverKey(question.key()), "test");
        question.runDue();

        HttpResponse<String> tooLate = client.post(second, CONFIRMED);

        assertThat(tooLate.body()).contains("Cette question ne compte plus");
        assertThat(client.get(second + "?lang=en").body())
                .contains("This question no longer counts")
                .doesNotContain("name=\"answer\"");
        assertThat(question.times("CLIENT_CONFIRMED")).isZero();
    }

    // ---- changing one's mind

    @Test
    @DisplayName("takes a confirmation back before the payer changes, once")
    void withdrawsAfterConfirming() {
        String path = question.path();
        answers(CONFIRMED);
        client.get(path);

        String before = client.get(path + "/withdraw?lang=en").body();
        assertThat(before)
                .contains(
                        "Take your confirmation back?",
                        "by Mireille Gagnon, propriétaire.",
                        "it counts as declined",
                        "Keep my confirmation");
        HttpResponse<String> unsure = client.post(path + "/withdraw", Map.of("lang", "en"));
        assertThat(unsure.statusCode()).isEqualTo(422);
        assertThat(unsure.body()).contains("Tick this box if you are sure", "autofocus");
        assertThat(question.times("WITHDRAWN")).isZero();

        Map<String, String> sure = Map.of("lang", "en", "sure", "yes");
        assertThat(client.post(path + "/withdraw", sure).statusCode()).isEqualTo(302);
        question.runDue();
        HttpResponse<String> again = client.post(path + "/withdraw", sure);

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("It was taken back on", "on this page, by the link that was sent to you");
        assertThat(question.times("WITHDRAWN")).isOne();
        assertThat(question.takeover().stage()).isNotEqualTo(Stage.SCHEDULED);
        assertThat(question.takeover().billingDate()).isNull();
        assertThat(again.body())
                .contains("Your confirmation no longer counts", "I would like to be asked again")
                .doesNotContain("You confirmed", "The payer changes on", "Withdraw my confirmation");
    }

    @Test
    @DisplayName("does not take back what was not confirmed, nor reconsider what is open")
    void nothingToTakeBack() {
        String path = question.path();
        client.get(path);

        for (String action : List.of("/withdraw", "/reconsider")) {
            assertThat(client.post(path + action, Map.of("sure", "yes")).statusCode())
                    .isEqualTo(409);
        }
        assertThat(question.request().status()).isEqualTo(Status.OPEN);
        assertThat(question.times("WITHDRAWN") + question.times("RECONSIDERED")).isZero();
    }

    @Test
    @DisplayName("lets a client who declined be asked again, with a cost worked out anew")
    void reconsidersAfterDeclining() {
        String first = question.path();
        answers(DECLINED);
        answers(DECLINED);
        assertThat(question.takeover().stage()).isEqualTo(Stage.STOPPING);
        assertThat(client.get(first + "?lang=en").body())
                .contains("You declined", "stops on", "I would like to be asked again");

        client.get(first + "?lang=en");
        HttpResponse<String> sent = client.post(first + "/reconsider", Map.of("lang", "en"));
        assertThat(sent.statusCode()).isEqualTo(302);
        assertThat(followed(sent).body())
                .contains("to be asked again", question.account().firm().name() + " has been told");
        question.runDue();

        assertThat(question.times("RECONSIDERED")).isOne();
        assertThat(question.takeover().stage()).isEqualTo(Stage.REVIEW);
        assertThat(client.get(first + "?lang=en").body())
                .contains("You declined")
                .doesNotContain("I would like to be asked again");
    }

    @Test
    @DisplayName("says how a case has ended")
    void ended() {
        String path = question.path();
        withdraw.byFirm(new TakeoverKey(question.key()), "test");
        question.runDue();

        assertThat(question.takeover().outcome()).isEqualTo(Outcome.WITHDRAWN);
        assertThat(client.get(path + "?lang=en").body()).contains("The case has ended");
    }

    // ---- language

    @Test
    @DisplayName("S47 is French first in Québec, whatever language the client wrote us in and the browser asks for")
    void frenchFirstInQuebec() {
        question = Question.to(context, Language.EN, "QC");

        assertThat(client.get(question.path()).body())
                .contains("lang=\"fr\"", "Votre cabinet comptable doit-il payer QuickBooks Time?", "Confirmer");
        client.post(question.path(), CONFIRMED);
        assertThat(shownIn()).isEqualTo(Language.FR);
    }

    @Test
    @DisplayName("S47 is in the client's language elsewhere")
    void clientsLanguageElsewhere() {
        question = Question.to(context, Language.FR, "NB");
        assertThat(client.get(question.path()).body()).contains("lang=\"fr\"", "Confirmer");

        question = Question.to(context, Language.EN, "ON");
        assertThat(new Visitor(port).get(question.path()).body()).contains("lang=\"en\"", ">Confirm<");
    }

    @Test
    @DisplayName("S47 changes to the language that is chosen on it, and records in which one the question was shown")
    void chosenLanguage() {
        String page = client.get(question.path() + "?lang=en").body();
        assertThat(page).contains("lang=\"en\"", "name=\"lang\" value=\"en\"", "name=\"to\" value=\"fr\"");

        Map<String, String> form = new HashMap<>(CONFIRMED);
        form.put("lang", "en");
        HttpResponse<String> sent = client.post(question.path(), form);

        assertThat(followed(sent).body()).contains("You confirmed. Thank you!");
        assertThat(shownIn()).isEqualTo(Language.EN);
    }

    @Test
    @DisplayName("leaves the language of all other pages, and its own the next time, as it was")
    void choiceIsThePagesAlone() {
        assertThat(client.get("/sign-in").body()).contains("<html lang=\"en\"");
        client.get(question.path() + "?lang=en");

        assertThat(client.get(question.path()).body()).contains("<html lang=\"fr\"");
        assertThat(client.get("/sign-in").body()).contains("<html lang=\"en\"");
    }

    @Test
    @DisplayName("knows no language but French and English")
    void unknownLanguage() {
        assertThat(client.get(question.path() + "?lang=%3Cscript%3E").body())
                .contains("lang=\"fr\"")
                .doesNotContain("<script>");
    }

    // ----

    /** On the page of the question that was asked last. */
    private HttpResponse<String> answers(Map<String, String> form) {
        // Two questions of one instant would have no order.
        clock.set(clock.instant().plusSeconds(1));
        client.get(question.path());
        HttpResponse<String> sent = client.post(question.path(), form);
        question.runDue();
        return sent;
    }

    private HttpResponse<String> followed(HttpResponse<String> redirect) {
        String location = redirect.headers().firstValue("Location").orElseThrow();
        return client.get(pathOf(location));
    }

    private static String pathOf(String location) {
        assertThat(location).contains("/answer/");
        return location.substring(location.indexOf("/answer/"));
    }

    private static Map<String, String> in(String language, Map<String, String> form) {
        Map<String, String> chosen = new HashMap<>(form);
        chosen.put("lang", language);
        return chosen;
    }

    private Language shownIn() {
        return question.answer().shownIn();
    }

    /** A field with all that stands beside it: up to the next label. */
    private static String labelOf(String field, String page) {
        int start = page.indexOf("name=\"" + field + "\"");
        assertThat(start).as(field).isNotNegative();
        int end = page.indexOf("<label", start);
        return end < 0 ? page.substring(start) : page.substring(start, end);
    }
}
