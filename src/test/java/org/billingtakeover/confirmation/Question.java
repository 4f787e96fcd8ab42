package org.billingtakeover.confirmation;

import static org.billingtakeover.account.SampleAccounts.like;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.CaseSeen;
import org.billingtakeover.Door;
import org.billingtakeover.TestClock;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.ConsentLinks;
import org.billingtakeover.takeover.CaseEvents;
import org.billingtakeover.takeover.ConsentRequest;
import org.billingtakeover.takeover.ConsentRequests;
import org.billingtakeover.takeover.Takeovers;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.context.ApplicationContext;

/** A case of its own whose client has been asked and has not answered. */
final class Question {

    private static final ZoneId MONTREAL = ZoneId.of("America/Toronto");

    private final Door door;
    private final Takeovers takeovers;
    private final ConsentRequests requests;
    private final ConsentLinks links;
    private final CaseEvents events;
    private final TaskService tasks;
    private final IdentityService identities;
    private final ManagementService management;
    private final TestClock clock;

    private Account account = SampleAccounts.split(SampleAccounts.firm("none"), "none");
    private String key = "";

    Question(
            Door door,
            Takeovers takeovers,
            ConsentRequests requests,
            ConsentLinks links,
            CaseEvents events,
            TaskService tasks,
            IdentityService identities,
            ManagementService management,
            TestClock clock) {
        this.door = door;
        this.takeovers = takeovers;
        this.requests = requests;
        this.links = links;
        this.events = events;
        this.tasks = tasks;
        this.identities = identities;
        this.management = management;
        this.clock = clock;
    }

    /** To a French-speaking client in Montréal, at noon on 2 March 2026. */
    static Question toClientInMontreal(ApplicationContext context) {
        return to(context, Language.FR, "QC");
    }

    static Question to(ApplicationContext context, Language language, String province) {
        AutowireCapableBeanFactory beans = context.getAutowireCapableBeanFactory();
        Question question =
                (Question) beans.autowire(Question.class, AutowireCapableBeanFactory.AUTOWIRE_CONSTRUCTOR, false);
        question.ask(language, province);
        return question;
    }

    private void ask(Language language, String province) {
        noonOf(LocalDate.of(2026, 3, 2));
        Account split = SampleAccounts.split(door.firm("Q"), String.valueOf(System.nanoTime()));
        account = door.saved(like(split, "client", like(split.client(), "language", language, "province", province)));
        key = door.opened(account);
        firmAgrees();
    }

    private void firmAgrees() {
        identities.setAuthentication(
                "test", List.of("accountant"), List.of(account.firm().id().text()));
        try {
            tasks.claim(door.task(key).getId(), "test");
            door.firmTakesOver(key);
        } finally {
            identities.clearAuthentication();
        }
        runDue();
    }

    /** Runs what is due now, as the job executor would; another case's failures are not ours. */
    void runDue() {
        for (List<Job> due = due(); !due.isEmpty(); due = due()) {
            due.forEach(this::run);
        }
    }

    private List<Job> due() {
        return management
                .createJobQuery()
                .executable()
                .withRetriesLeft()
                .duedateLowerThan(Date.from(clock.instant().plusSeconds(1)))
                .listPage(0, 50);
    }

    private void run(Job job) {
        try {
            management.executeJob(job.getId());
        } catch (RuntimeException e) {
            management.setJobRetries(job.getId(), 0);
        }
    }

    void noonOf(LocalDate day) {
        clock.set(at(day, LocalTime.NOON));
    }

    /** A time of day where the client is. */
    static Instant at(LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(MONTREAL).toInstant();
    }

    String key() {
        return key;
    }

    Account account() {
        return account;
    }

    CaseSeen takeover() {
        return CaseSeen.of(takeovers.takeover(new TakeoverKey(key)));
    }

    /** The request that was made last. */
    ConsentRequest request() {
        List<ConsentRequest> all = requests.of(new TakeoverKey(key));
        return all.get(all.size() - 1);
    }

    /** What was answered to it. */
    ConsentRequest.Answer answer() {
        return Optional.ofNullable(request().answer()).orElseThrow();
    }

    /** Where the mailed link leads: without scheme and host. */
    String path() {
        return links.link(request().id()).getPath();
    }

    String token() {
        return path().substring("/answer/".length());
    }

    /** Whether a step of the case was refused and waits for billing operations. */
    boolean waitsWithOperations() {
        return tasks.createTaskQuery()
                        .processInstanceBusinessKey(key)
                        .taskDefinitionKey("UserTask_ResolveRefusedStep")
                        .count()
                == 1;
    }

    /** How often something happened in the case. */
    long times(String what) {
        return events.of(new TakeoverKey(key)).stream()
                .filter(event -> event.what().equals(what))
                .count();
    }

    int events() {
        return events.of(new TakeoverKey(key)).size();
    }
}
