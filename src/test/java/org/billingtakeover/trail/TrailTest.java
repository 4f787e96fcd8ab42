package org.billingtakeover.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.TestClock;
import org.billingtakeover.takeover.OpenTakeover;
import org.billingtakeover.verifier.Finding;
import org.billingtakeover.verifier.Finding.Kind;
import org.billingtakeover.verifier.Verify;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@BackOfficeTest
@DisplayName("The audit trail")
class TrailTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    @Autowired
    Door door;

    @Autowired
    OpenTakeover open;

    @Autowired
    TaskService tasks;

    @Autowired
    ManagementService management;

    @Autowired
    IdentityService identities;

    @Autowired
    Trail trail;

    @Autowired
    Seals seals;

    @Autowired
    StoredTrail stored;

    @Autowired
    ErasePersonalData erase;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    TestClock clock;

    private String key;

    @BeforeEach
    void givenCasesThatAreSealed() {
        door.opens();
        key = opened();
        opened();
        seals.seal();
    }

    @Test
    @DisplayName("holds a case's events, steps and tables, chained without a gap, and verifies")
    void holds() {
        assertThat(whats(key)).contains("OPENED", "TABLES_ANSWERED", "QUOTE_MADE", "STEPS");
        assertThat(findings(() -> {})).isEmpty();
    }

    @Test
    @DisplayName("names an entry of which the document was altered")
    void alteredDocument() {
        assertThat(
                        findings(
                                () -> change(
                                        "update audit_entry set document = replace(document, 'alice', 'mallory') where case_key = ? and number = 1")))
                .containsExactly(Finding.of(Kind.ALTERED, key, 1));
    }

    @Test
    @DisplayName("names an entry of which only a column beside the document was altered")
    void alteredColumn() {
        for (String column : List.of("actor = 'mallory'", "what = 'CLOSED'", "at = at - interval '1 hour'")) {
            assertThat(findings(
                            () -> change("update audit_entry set " + column + " where case_key = ? and number = 2")))
                    .as(column)
                    .containsExactly(Finding.of(Kind.ALTERED, key, 2));
        }
    }

    @Test
    @DisplayName("names an entry that was altered together with its hash")
    void alteredWithHash() {
        assertThat(findings(() -> {
                    change(
                            "update audit_entry set document = replace(document, 'system', 'mallory'), actor = 'mallory' where case_key = ? and number = 3");
                    change(
                            "update audit_entry set hash = sha256(previous || convert_to(document, 'UTF8')) where case_key = ? and number = 3");
                }))
                .containsExactly(Finding.of(Kind.ALTERED, key, 3));
    }

    @Test
    @DisplayName("names entries that were deleted in the middle")
    void deletedInTheMiddle() {
        assertThat(findings(() -> change("delete from audit_entry where case_key = ? and number in (2, 3)")))
                .containsExactly(new Finding(Kind.MISSING, key, 2, 3, null));
    }

    @Test
    @DisplayName("names the place of an entry that was deleted and hidden by numbering the later ones anew")
    void deletedAndNumberedAnew() {
        assertThat(findings(() -> {
                    change("delete from audit_entry where case_key = ? and number = 2");
                    change("update audit_entry set number = number - 100 where case_key = ? and number > 2");
                    change("update audit_entry set number = number + 99 where case_key = ? and number < 0");
                }))
                .containsExactly(Finding.of(Kind.MISSING, key, 2));
    }

    @Test
    @DisplayName("names entries that were cut off at the end, even where the count of entries was put right")
    void cutOff() {
        int last = length();
        assertThat(findings(() -> change("delete from audit_entry where case_key = ? and number >= " + (last - 1))))
                .containsExactly(new Finding(Kind.MISSING, key, last - 1, last, null));
        int seal = newestSeal();
        assertThat(findings(() -> {
                    change("delete from audit_entry where case_key = ? and number = " + last);
                    change(
                            "update audit_chain c set number = number - 1, hash = (select e.hash from audit_entry e where e.case_key = c.case_key and e.number = c.number - 1) where case_key = ?");
                }))
                .containsExactly(new Finding(Kind.MISSING, key, last, last, seal));
    }

    @Test
    @DisplayName("names a whole case that was deleted, even where nothing else speaks of it but the seal")
    void wholeCase() {
        int last = length();
        assertThat(findings(() -> change("delete from audit_entry where case_key = ?")))
                .containsExactly(new Finding(Kind.MISSING, key, 1, last, null));
        assertThat(findings(() -> {
                    change("delete from audit_entry where case_key = ?");
                    change("delete from audit_chain where case_key = ?");
                }))
                .containsExactly(new Finding(Kind.MISSING, key, 1, last, newestSeal()));
    }

    @Test
    @DisplayName("names an entry that was put in, with a hash that fits or without")
    void inserted() {
        for (String previous : List.of(
                "(select previous from audit_entry where case_key = ? and number = 4)",
                "sha256('x'::bytea || convert_to(?, 'UTF8'))")) {
            assertThat(findings(() -> {
                        change("update audit_entry set number = number + 1000 where case_key = ? and number >= 3");
                        change("update audit_entry set number = number - 999 where case_key = ? and number >= 1000");
                        jdbc.sql("""
                                        insert into audit_entry
                                        select case_key, 3, at, actor, what, document, p, sha256(p || convert_to(document, 'UTF8'))
                                        from (select e.*, %s as p from audit_entry e where case_key = ? and number = 1)
                                        """.formatted(previous)).params(key, key).update();
                    }))
                    .as(previous)
                    .containsExactly(Finding.of(Kind.INSERTED, key, 3));
        }
    }

    @Test
    @DisplayName("names two entries that were swapped")
    void swapped() {
        assertThat(findings(() -> {
                    change("update audit_entry set number = -number where case_key = ? and number in (2, 4)");
                    change("update audit_entry set number = 6 + number where case_key = ? and number < 0");
                }))
                .containsExactly(new Finding(Kind.MOVED, key, 2, 4, null), new Finding(Kind.MOVED, key, 4, 2, null));
    }

    @Test
    @DisplayName("names a case that was rewritten from its first entry on")
    void rewritten() {
        int last = length();
        int seal = newestSeal();
        assertThat(findings(() -> {
                    change(
                            "update audit_entry set document = replace(document, 'alice', 'mallory'), actor = replace(actor, 'alice', 'mallory') where case_key = ?");
                    for (int number = 1; number <= last; number++) {
                        change("update audit_entry e set previous = coalesce((select p.hash from audit_entry p"
                                + " where p.case_key = e.case_key and p.number = e.number - 1), e.previous)"
                                + " where case_key = ? and number = " + number);
                        change("update audit_entry set hash = sha256(previous || convert_to(document, 'UTF8'))"
                                + " where case_key = ? and number = " + number);
                    }
                    change(
                            "update audit_chain c set hash = (select e.hash from audit_entry e where e.case_key = c.case_key and e.number = c.number) where case_key = ?");
                }))
                .containsExactly(new Finding(Kind.REWRITTEN, key, 1, last, seal));
    }

    @Test
    @DisplayName("names a seal that is missing, and one of which what it seals was altered")
    void seals() {
        opened();
        seals.seal();
        int newest = newestSeal();
        assertThat(findings(() -> {
                    change("update audit_sealed_case set number = number + 1 where seal = " + (newest - 1));
                }))
                .contains(Finding.of(Kind.SEAL_ALTERED, "", newest - 1));
        assertThat(findings(() -> {
                    change("delete from audit_sealed_case where seal = " + (newest - 1));
                    change("delete from audit_seal where number = " + (newest - 1));
                }))
                .containsExactly(Finding.of(Kind.SEAL_MISSING, "", newest - 1));
    }

    @Test
    @DisplayName(
            "names what the database recorded against its order, or no longer says when, in a chain and among seals")
    void recordedTimes() {
        opened();
        seals.seal();
        int seal = newestSeal();
        assertThat(findings(() -> change("update audit_entry set recorded_at = recorded_at - interval '1 day'"
                        + " where case_key = ? and number = 3")))
                .containsExactly(Finding.of(Kind.RECORDED_EARLIER, key, 3));
        assertThat(findings(
                        () -> change("update audit_entry set recorded_at = null where case_key = ? and number = 2")))
                .containsExactly(Finding.of(Kind.RECORDED_UNKNOWN, key, 2));
        assertThat(findings(() -> change("update audit_entry set recorded_at = null where case_key = ?")))
                .as("entries from before the database said so")
                .isEmpty();
        assertThat(findings(() -> change(
                        "update audit_seal set recorded_at = recorded_at - interval '1 day' where number = " + seal)))
                .containsExactly(Finding.of(Kind.SEAL_RECORDED_EARLIER, "", seal));
        assertThat(findings(() -> change("update audit_seal set recorded_at = null where number = " + seal)))
                .containsExactly(Finding.of(Kind.SEAL_RECORDED_UNKNOWN, "", seal));
    }

    @Test
    @DisplayName(
            "names what the database recorded more than five minutes from the product's time, where that cannot be moved")
    void timesApart() {
        inUndoneTransaction(() -> {
            jdbc.sql("set local session_replication_role = replica").update();
            change("delete from audit_sealed_case");
            for (String table : List.of("audit_personal", "audit_entry", "audit_chain", "audit_seal")) {
                change("delete from " + table);
            }
            Instant now = jdbc.sql("select clock_timestamp()")
                    .query(Timestamp.class)
                    .single()
                    .toInstant();
            append("RIGHT", now.minus(Duration.ofMinutes(4)));
            append("LATE", now.minus(Duration.ofMinutes(6)));
            append("EARLY", now.plus(Duration.ofMinutes(6)));
            for (Instant at : List.of(now, now.minus(Duration.ofMinutes(6)))) {
                jdbc.sql("select number from audit_seal_now(?)")
                        .param(at.toString())
                        .query(Integer.class)
                        .list();
                append("RIGHT", now);
            }

            assertThat(Verify.stored(stored, List.of(), Duration.ofMinutes(5), progress -> {})
                            .findings())
                    .containsExactlyInAnyOrder(
                            Finding.of(Kind.RECORDED_APART, "LATE", 1),
                            Finding.of(Kind.RECORDED_APART, "EARLY", 1),
                            Finding.of(Kind.SEAL_RECORDED_APART, "", 2));
            assertThat(Verify.stored(stored, List.of(), progress -> {}).findings())
                    .as("with a clock that can be moved")
                    .isEmpty();
        });
    }

    private void append(String about, Instant at) {
        jdbc.sql("""
                        select audit_append(jsonb_build_array(jsonb_build_object('case', d ->> 'case', 'at', d ->> 'at',
                            'actor', 'a', 'what', 'W', 'document', d::text)), '[]')
                        from (select jsonb_build_object('actor', 'a', 'at', ?::text, 'case', ?::text, 'content', '{}'::jsonb,
                            'what', 'W') as d)
                        """).params(at.toString(), about).query((row, number) -> true).single();
    }

    @Test
    @DisplayName("can only grow: its tables refuse every change, deletion and emptying, even to their owner")
    void onlyGrows() {
        for (String change : List.of(
                "update audit_entry set actor = 'mallory'",
                "delete from audit_entry",
                "truncate audit_entry",
                "delete from audit_chain",
                "update audit_seal set document = ''",
                "delete from audit_sealed_case",
                "update audit_personal set value = ''",
                "delete from audit_personal",
                "truncate audit_personal")) {
            assertThatThrownBy(() -> transaction.executeWithoutResult(
                            status -> jdbc.sql(change).update()))
                    .as(change)
                    .rootCause()
                    .hasMessageContaining("the audit trail can only grow");
        }
    }

    @Test
    @DisplayName("lets a role that the product signs in with append and seal, and nothing else")
    void restrictedRole() {
        String role = "product_" + NUMBER.incrementAndGet();
        inUndoneTransaction(() -> {
            for (String grant : List.of(
                    "create role " + role,
                    "grant all on all tables in schema public to " + role,
                    "grant all on all sequences in schema public to " + role,
                    "call audit_restrict('" + role + "')",
                    "set local role " + role)) {
                jdbc.sql(grant).update();
            }
            jdbc.sql(
                            "select audit_append('[{\"case\":\"x\",\"at\":\"2026-01-01T00:00:00Z\",\"actor\":\"a\",\"what\":\"b\","
                                    + "\"document\":\"{}\"}]', '[]')")
                    .query((row, number) -> true)
                    .single();
            assertThat(jdbc.sql("select number from audit_seal_now('2026-01-01T00:00:00Z')")
                            .query(Integer.class)
                            .optional())
                    .isPresent();
            for (String change : List.of(
                    "insert into audit_entry select * from audit_entry",
                    "update audit_chain set number = 0",
                    "delete from audit_personal",
                    "alter table audit_entry disable trigger all",
                    "insert into audit_seal select * from audit_seal")) {
                jdbc.sql("savepoint before").update();
                assertThatThrownBy(() -> jdbc.sql(change).update())
                        .as(change)
                        .rootCause()
                        .hasMessageMatching("(?s).*(permission denied|must be owner).*");
                jdbc.sql("rollback to before").update();
            }
        });
    }

    @Test
    @DisplayName(
            "S53 still verifies when what it says of people was erased, and names what was altered or removed instead")
    void personalData() {
        String about = "CASE-" + NUMBER.incrementAndGet();
        transaction.executeWithoutResult(status -> trail.record(
                new Fact(about, "alice", "MAIL_SENT", Map.of("email", new Personal("mireille@example.ca")))));
        assertThat(values(about)).containsExactly("mireille@example.ca");
        assertThat(documents(about)).doesNotContain("mireille");

        assertThat(findings(() -> change("update audit_personal set value = 'other' where case_key = '" + about + "'")))
                .containsExactly(Finding.of(Kind.PERSONAL_ALTERED, about, 1));
        assertThat(findings(() -> change("delete from audit_personal where case_key = '" + about + "'")))
                .containsExactly(Finding.of(Kind.PERSONAL_MISSING, about, 1));

        assertThat(erase.of(about, "olivia", "retention P7Y")).isEqualTo(1);

        assertThat(values(about)).isEmpty();
        assertThat(whats(about)).containsExactly("MAIL_SENT", "PERSONAL_DATA_ERASED");
        assertThat(documents(about))
                .endsWith(("{'actor':'olivia','at':'2026-03-02T15:00:00Z','case':'" + about
                                + "','content':{'rule':'retention P7Y','values':1},'what':'PERSONAL_DATA_ERASED'}")
                        .replace('\'', '"'));
        assertThat(erase.of(about, "olivia", "retention P7Y"))
                .as("nothing more")
                .isZero();
        assertThat(whats(about)).hasSize(2);
        assertThat(findings(() -> {})).isEmpty();
    }

    @Test
    @DisplayName("does not forget people while their case is open")
    void openCaseKeepsItsPeople() {
        transaction.executeWithoutResult(
                status -> trail.record(new Fact(key, "alice", "SAID", Map.of("name", new Personal("Mireille")))));
        assertThatThrownBy(() -> transaction.executeWithoutResult(
                        status -> jdbc.sql("select audit_erase_personal(?, '2026-01-01T00:00:00Z', 'olivia', 'none')")
                                .param(key)
                                .query(Integer.class)
                                .single()))
                .rootCause()
                .hasMessageContaining("is still open");
    }

    @Test
    @DisplayName("keeps nothing of a transaction that failed")
    void rolledBack() {
        int before = length();
        Task task = door.task(key);

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    tasks.createComment(task.getId(), null, "Never said");
                    trail.record(new Fact(key, "alice", "NEVER", Map.of()));
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");

        assertThat(length()).isEqualTo(before);
        assertThatThrownBy(() -> trail.record(new Fact(key, "alice", "OUTSIDE", Map.of())))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("tells who claimed, commented and handed on a task, and who changed the rights of whom")
    void workOnTasks() {
        Task task = door.task(key);
        identities.setAuthentication("audited", List.of("accountant", "camunda-admin"), List.of(task.getTenantId()));
        try {
            tasks.claim(task.getId(), "audited");
            tasks.createComment(task.getId(), null, "The client wants to talk first");
        } finally {
            identities.clearAuthentication();
        }
        tasks.setAssignee(task.getId(), "somebody-else");
        String newcomer = "newcomer-" + NUMBER.incrementAndGet();
        identities.saveUser(identities.newUser(newcomer));
        identities.createMembership(newcomer, "auditor");

        List<String> documents = documents(key).lines().toList();
        assertThat(documents).anyMatch(entry -> entry.contains("\"actor\":\"audited\"") && entry.contains("Claim"));
        assertThat(documents).anyMatch(entry -> entry.contains("TASK_COMMENTED"));
        assertThat(values(key)).contains("The client wants to talk first");
        assertThat(documents).anyMatch(entry -> entry.contains("\"operation\":\"Assign\""));
        assertThat(documents(Fact.PRODUCT)).contains("Group membership", newcomer, "Deployment");
    }

    @Test
    @DisplayName("lets many who append to the same cases at once take turns without a deadlock, and holds afterwards")
    void concurrently() {
        String first = "A-" + NUMBER.incrementAndGet();
        String second = "B-" + first;
        List<CompletableFuture<Void>> all = IntStream.range(0, 8)
                .mapToObj(thread -> CompletableFuture.runAsync(() -> {
                    for (int i = 0; i < 25; i++) {
                        boolean turned = (thread + i) % 2 == 0;
                        transaction.executeWithoutResult(status -> {
                            trail.record(new Fact(turned ? second : first, "x", "EITHER", Map.of()));
                            trail.record(new Fact(turned ? first : second, "x", "OTHER", Map.of()));
                        });
                        seals.seal();
                    }
                }))
                .toList();
        all.forEach(CompletableFuture::join);
        seals.seal();

        assertThat(whats(first)).hasSize(200);
        assertThat(whats(second)).hasSize(200);
        assertThat(findings(() -> {})).isEmpty();
    }

    private String opened() {
        String opened = door.opened(door.client(door.firm("A"), ""));
        for (Job job :
                management.createJobQuery().executable().withRetriesLeft().list()) {
            management.executeJob(job.getId());
        }
        return opened;
    }

    private List<Finding> findings(Runnable tampering) {
        List<Finding> findings = new ArrayList<>();
        inUndoneTransaction(() -> {
            // As the owner who switches the triggers off.
            jdbc.sql("set local session_replication_role = replica").update();
            tampering.run();
            findings.addAll(Verify.stored(stored, List.of(), progress -> {}).findings());
        });
        return findings;
    }

    private void inUndoneTransaction(Runnable work) {
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            work.run();
        });
    }

    /** With a parameter, the case. */
    private void change(String sql) {
        JdbcClient.StatementSpec statement = jdbc.sql(sql);
        assertThat((sql.contains("?") ? statement.param(key) : statement).update())
                .isPositive();
    }

    private int length() {
        return jdbc.sql("select max(number) from audit_entry where case_key = ?")
                .param(key)
                .query(Integer.class)
                .single();
    }

    private int newestSeal() {
        return jdbc.sql("select max(number) from audit_seal")
                .query(Integer.class)
                .single();
    }

    private List<String> whats(String about) {
        return jdbc.sql("select what from audit_entry where case_key = ? order by number")
                .param(about)
                .query(String.class)
                .list();
    }

    private String documents(String about) {
        return String.join(
                "\n",
                jdbc.sql("select document from audit_entry where case_key = ? order by number")
                        .param(about)
                        .query(String.class)
                        .list());
    }

    private List<String> values(String about) {
        return jdbc.sql("select value from audit_personal where case_key = ?")
                .param(about)
                .query(String.class)
                .list();
    }
}
