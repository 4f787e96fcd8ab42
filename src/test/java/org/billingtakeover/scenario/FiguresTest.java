package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.billingtakeover.Door;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Firm;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.metrics.Figures;
import org.billingtakeover.metrics.Period;
import org.billingtakeover.metrics.TellFigures;
import org.billingtakeover.pricing.Charge;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Stage;
import org.billingtakeover.takeover.Way;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Some cases go through the engine, and then what is counted is what happened to them. */
@ScenarioTest
// A product of its own: no other story's cases are counted.
@TestPropertySource(
        properties = {
            "camunda.bpm.process-engine-name=figures",
            "back-office.metrics.port=0",
            "management.server.port=0"
        })
@AutoConfigureObservability(tracing = false)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("The figures")
class FiguresTest {

    private static final Instant START = Instant.parse("2026-03-02T17:00:00Z");

    @Autowired
    World world;

    @Autowired
    TellFigures figures;

    @Autowired
    Door door;

    @LocalServerPort
    int port;

    @LocalManagementPort
    int managementPort;

    private Firm firm;
    private String switched;
    private String reminded;
    private String declined;
    private String separate;
    private String scheduled;

    @BeforeAll
    void givenCasesThatWentTheirWays() {
        world.begins(LocalDate.of(2026, 3, 2));
        firm = world.firm();
        Account earning = world.imports(firm, AccountLine.split());
        world.earned(earning, "12.34");
        world.refusals(world.imports(firm, AccountLine.split().with("Time status", "Past due")));
        switched = world.opened(earning);
        declined = world.opened(world.imports(firm, AccountLine.split()));
        separate = world.opened(world.imports(firm, AccountLine.split()));
        reminded = world.opened(world.imports(firm, AccountLine.split()));
        world.firmTakesOver(switched);
        world.clientAnswers(switched, true);
        world.timePassesTo(START.plus(Duration.ofHours(2)));
        world.firmTakesOver(declined);
        world.clientAnswers(declined, false);
        world.timePassesTo(START.plus(Duration.ofHours(3)));
        world.firmLeavesSeparate(separate);
        world.timePassesTo(START.plus(Duration.ofHours(24)));
        world.firmTakesOver(reminded);
        world.timePassesTo(START.plus(Duration.ofDays(8)));
        world.clientAnswers(reminded, true);
        world.timePassesTo(LocalDate.of(2026, 3, 16));
        scheduled = world.confirmed(world.imports(firm, AccountLine.split().billedOn(25)));
    }

    @Test
    @DisplayName("count cases by where they stand and by how they ended")
    void cases() {
        Figures counted = figures.of(Period.DAYS_30);

        assertThat(counted.closed())
                .containsEntry(Outcome.FIRM_PAYS_ALL, 2L)
                .containsEntry(Outcome.NOT_ELIGIBLE, 1L)
                .containsEntry(Outcome.WITHDRAWN, 0L);
        assertThat(counted.open().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(3);
        for (String key : List.of(declined, separate, scheduled)) {
            assertThat(counted.open().get(world.takeover(key).stage())).isPositive();
        }
        assertThat(counted.open()).containsEntry(Stage.SCHEDULED, 1L);
        assertThat(counted.billingDates()).containsExactly(new Figures.BillingDate(LocalDate.of(2026, 3, 25), 1));
    }

    @Test
    @DisplayName("tell how long cases were in each step: the median and the ninetieth percentile")
    void steps() {
        Figures counted = figures.of(Period.DAYS_30);

        List<Duration> reviews = durations("UserTask_ReviewNewCost");
        assertThat(reviews).hasSize(5);
        assertThat(reviews.get(2)).isCloseTo(Duration.ofHours(2), Duration.ofMinutes(1));
        assertThat(reviews.get(4)).isCloseTo(Duration.ofHours(24), Duration.ofMinutes(1));
        assertThat(step(counted, "UserTask_ReviewNewCost"))
                .isEqualTo(new Figures.Step(
                        "billing-takeover",
                        "UserTask_ReviewNewCost",
                        "Review new cost",
                        5,
                        reviews.get(2),
                        reviews.get(4)));
        List<Duration> answers = durations("UserTask_AnswerQuestion");
        assertThat(step(counted, "UserTask_AnswerQuestion").ninetiethPercentile())
                .isEqualTo(answers.get((int) Math.ceil(0.9 * answers.size()) - 1));
        assertThat(counted.steps()).noneMatch(step -> step.process().equals("watch-stop-dates"));
    }

    @Test
    @DisplayName("count reminders, what was declined, and what was not possible")
    void answers() {
        Figures counted = figures.of(Period.DAYS_30);
        int reminders = (int) world.happened(reminded).stream()
                .filter("CLIENT_REMINDED"::equals)
                .count();

        // The two clients that were asked to take over QuickBooks Online were reminded as often, and did not answer.
        assertThat(reminders).isPositive();
        assertThat(counted.reminders()).contains(new Figures.Reminders(reminders, 1, 2));
        assertThat(counted.reminders().stream().filter(each -> each.sent() == 0).mapToLong(Figures.Reminders::answered))
                .containsExactly(3L);
        assertThat(counted.declined())
                .containsEntry("CLIENT_DECLINED", 1L)
                .containsEntry("FIRM_LEAVES_BILLS_SEPARATE", 1L)
                .containsEntry("WITHDRAWN", 0L);
        assertThat(counted.refused()).isEqualTo(Map.of("TIME_PAST_DUE", 1L));
    }

    @Test
    @DisplayName("add up the commission paid out and what new payers pay a month")
    void money() {
        Figures counted = figures.of(Period.DAYS_30);

        assertThat(counted.payouts())
                .containsExactly(new Figures.Payouts(1, Money.of("12.34", Currency.getInstance("CAD"))));
        assertThat(counted.moved())
                .containsExactly(new Figures.Moved(
                        Way.FIRM_TAKES_TIME, 2, timeOf(switched).plus(timeOf(reminded))));
    }

    @Test
    @DisplayName("leave out what was before the period")
    void period() {
        Instant before = world.clock.instant();
        world.clock.set(before.plus(Duration.ofDays(60)));
        try {
            assertThat(figures.of(Period.DAYS_30).closed()).containsEntry(Outcome.FIRM_PAYS_ALL, 0L);
            assertThat(figures.of(Period.DAYS_30).steps()).isEmpty();
            assertThat(figures.of(Period.DAYS_30).declined().values()).containsOnly(0L);
            assertThat(figures.of(Period.DAYS_90).closed()).containsEntry(Outcome.FIRM_PAYS_ALL, 2L);
            assertThat(figures.of(Period.ALL).payouts()).hasSize(1);
        } finally {
            world.clock.set(before);
        }
    }

    @Test
    @DisplayName("are counted again after a minute, of long periods after ten, and the page says how old they are")
    void age() {
        Instant before = world.clock.instant();
        Visitor owner = person("process-owner");
        try {
            world.clock.set(before.plus(Duration.ofHours(1)));
            Instant counted = figures.of(Period.DAYS_30).at();
            Instant countedWhole = figures.of(Period.ALL).at();
            world.clock.set(counted.plusSeconds(59));
            assertThat(figures.of(Period.DAYS_30).at()).isEqualTo(counted);
            assertThat(owner.get("/metrics").body()).contains("Counted 59\u00a0s ago.");
            world.clock.set(counted.plusSeconds(60));
            assertThat(figures.of(Period.DAYS_30).at()).isAfter(counted);
            assertThat(owner.get("/metrics?period=ALL").body()).contains("Counted 1\u00a0min ago.");
            world.clock.set(countedWhole.plusSeconds(600));
            assertThat(figures.of(Period.ALL).at()).isAfter(countedWhole);
        } finally {
            world.clock.set(before);
        }
    }

    @Test
    @DisplayName("are on the page, in both languages, and name nobody")
    void page() {
        Visitor owner = person("process-owner");
        List<Duration> reviews = durations("UserTask_ReviewNewCost");
        String english = owner.get("/metrics?lang=en").body();

        assertThat(rows(english))
                .contains(
                        "The firm pays for both: 2",
                        "Not possible: 1",
                        "Change scheduled: 1",
                        "Review new cost: " + inWords(reviews.get(2), "d") + " | " + inWords(reviews.get(4), "d")
                                + " | 5",
                        "Client declined: 1",
                        "March 25, 2026: 1",
                        "Commission balance paid out: 1 | $12.34");
        assertThat(rows(owner.get("/metrics?lang=fr").body()))
                .contains(
                        "Le cabinet paie les deux: 2",
                        "Examiner le nouveau coût: " + inWords(reviews.get(2), "j") + " | "
                                + inWords(reviews.get(4), "j") + " | 5");
        assertThat(english).doesNotContain("<script", "style=", "??");
        assertNamesNobody(english.substring(english.indexOf("<main")));
    }

    @Test
    @DisplayName("are for process owners, billing operations and administrators, who find them on the start page")
    void readers() {
        for (String group : List.of("process-owner", "billing-operations", "camunda-admin")) {
            Visitor reader = person(group);
            assertThat(reader.get("/metrics").statusCode()).as(group).isEqualTo(200);
            assertThat(reader.get("/").body()).as(group).contains("href=\"/metrics\"");
        }
        for (String group : List.of("accountant", "client-support", "auditor")) {
            Visitor other = person(group);
            assertThat(other.get("/metrics").statusCode()).as(group).isEqualTo(403);
            assertThat(other.get("/").body()).as(group).doesNotContain("href=\"/metrics\"");
        }
        assertThat(door.stranger().get("/metrics").statusCode()).isEqualTo(302);
    }

    @Test
    @DisplayName("are the same for Prometheus, on its own port alone, and name nobody")
    void prometheus() throws Exception {
        HttpResponse<String> scrape = ask("/actuator/prometheus");

        assertThat(scrape.statusCode()).isEqualTo(200);
        assertThat(scrape.body())
                .contains(
                        "billing_takeover_closed_cases_last_30_days{outcome=\"firm_pays_all\"} 2.0",
                        "billing_takeover_open_cases{stage=\"scheduled\"} 1.0",
                        "billing_takeover_waiting_bookings 0.0",
                        "billing_takeover_waiting_bookings_oldest_seconds 0.0",
                        "billing_takeover_waiting_mails 0.0",
                        "billing_takeover_waiting_mails_oldest_seconds 0.0",
                        "billing_takeover_declined_last_30_days{event=\"client_declined\"} 1.0",
                        "billing_takeover_refused_last_30_days{reason=\"time_past_due\"} 1.0",
                        "billing_takeover_step_seconds_last_30_days{process=\"billing-takeover\",quantile=\"0.5\",step=\"UserTask_ReviewNewCost\"} "
                                + durations("UserTask_ReviewNewCost").get(2).toMillis() / 1000.0,
                        "billing_takeover_step_passes_last_30_days{process=\"billing-takeover\",step=\"UserTask_ReviewNewCost\"} 5.0",
                        "billing_takeover_payouts_last_30_days{currency=\"CAD\"} 12.34",
                        "billing_takeover_changed_payers_last_30_days{currency=\"CAD\",way=\"firm_takes_time\"} 2.0",
                        "billing_takeover_scheduled_changes{within_days=\"7\"} 0.0",
                        "billing_takeover_scheduled_changes{within_days=\"31\"} 1.0",
                        "jvm_memory_used_bytes");
        assertNamesNobody(scrape.body());
        assertThat(person("camunda-admin").get("/actuator/prometheus").statusCode())
                .isEqualTo(404);
        for (String other : List.of("", "/health", "/env", "/metrics", "/heapdump", "/loggers")) {
            assertThat(ask("/actuator" + other).statusCode()).as(other).isNotEqualTo(200);
        }
    }

    private HttpResponse<String> ask(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private void assertNamesNobody(String text) {
        assertThat(text)
                .doesNotContain(firm.id().text(), firm.name(), "TKO-", "example.com", "Alex Admin", "alice", "192.0.2")
                .doesNotContain(world.account(switched).client().name());
    }

    /** As the engine tells them, shortest first. */
    private List<Duration> durations(String step) {
        return world.history.createHistoricActivityInstanceQuery().activityId(step).finished().list().stream()
                .map(each -> Duration.ofMillis(each.getDurationInMillis()))
                .sorted()
                .toList();
    }

    private static String inWords(Duration duration, String day) {
        return duration.toDays() > 0
                ? duration.toDays() + " " + day
                        + (duration.toHoursPart() > 0 ? " " + duration.toHoursPart() + " h" : "")
                : duration.toHours() + " h"
                        + (duration.toMinutesPart() > 0 ? " " + duration.toMinutesPart() + " min" : "");
    }

    private Money timeOf(String key) {
        return world.quote(key).after().stream()
                .filter(charge -> charge.product() == Product.QUICKBOOKS_TIME && charge.payer() == Payer.FIRM)
                .map(Charge::total)
                .findFirst()
                .orElseThrow();
    }

    private static Figures.Step step(Figures counted, String id) {
        return counted.steps().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Visitor person(String group) {
        return door.signedIn(group, null);
    }

    /** The lines of all tables: their heading and their numbers. */
    private static List<String> rows(String page) {
        Pattern cell = Pattern.compile("<t([hd])[^>]*>(.*?)</t[hd]>", Pattern.DOTALL);
        return Pattern.compile("<tr>(.*?)</tr>", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(row -> {
                    StringBuilder said = new StringBuilder();
                    Matcher cells = cell.matcher(row.group(1));
                    while (cells.find()) {
                        String text = cells.group(2)
                                .replaceAll("<svg.*?</svg>", "")
                                .replaceAll("<[^>]*>", "")
                                .replace('\u00a0', ' ')
                                .strip();
                        if (!text.isEmpty()) {
                            said.append(
                                            said.isEmpty()
                                                    ? ""
                                                    : cells.start() > 0 && said.indexOf(": ") < 0 ? ": " : " | ")
                                    .append(text);
                        }
                    }
                    return said.toString();
                })
                .toList();
    }
}
