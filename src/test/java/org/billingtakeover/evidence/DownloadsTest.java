package org.billingtakeover.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.TestClock;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Firm;
import org.billingtakeover.trail.Fact;
import org.billingtakeover.trail.Personal;
import org.billingtakeover.trail.Trail;
import org.billingtakeover.verifier.Finding;
import org.billingtakeover.verifier.Report;
import org.billingtakeover.verifier.VerifyExport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@BackOfficeTest
@DisplayName("Downloads for auditors")
@SuppressWarnings("NullAway.Init")
class DownloadsTest {

    @Autowired
    Trail trail;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    TestClock clock;

    @Autowired
    Door door;

    @TempDir
    Path folder;

    private Firm firm;
    private String key;

    @BeforeEach
    void givenACase() {
        door.opens();
        firm = door.firm("E");
        key = door.opened(door.client(firm, ""));
    }

    @Test
    @DisplayName("prove themselves: the pack of a case, with every file in it, in both languages")
    void pack() throws Exception {
        for (String language : List.of("en", "fr")) {
            Map<String, byte[]> pack = pack("auditor", language);

            assertThat(pack).containsOnlyKeys("README.txt", key + ".pdf", key + ".csv", key + ".json");
            assertThat(text(pack.get("README.txt")))
                    .contains("verify-export " + key + ".zip", language.equals("fr") ? "PREUVE" : "EVIDENCE")
                    .doesNotContain("??");
            Report report = VerifyExport.of(zip(pack), null);
            assertThat(report.isGood()).as(report.toString()).isTrue();
            assertThat(report.chains()).isEqualTo(1);

            for (String name : List.of("README.txt", key + ".pdf", key + ".csv")) {
                Map<String, byte[]> changed = new LinkedHashMap<>(pack);
                changed.put(name, "other".getBytes(StandardCharsets.UTF_8));
                assertThat(VerifyExport.of(zip(changed), null).findings())
                        .containsExactly(new Finding(Finding.Kind.FILE_ALTERED, name, 0, 0, null));
            }
        }
    }

    @Test
    @DisplayName("hold the cases of a firm with an entry in a period, each whole, and no others")
    void period() throws Exception {
        String other = door.opened(door.client(door.firm("F"), ""));
        clock.set(Instant.parse("2026-04-15T15:00:00Z"));
        record(key, "alice", "LATER", Map.of());
        Visitor auditor = door.signedIn("auditor", null);
        String ofFirm = "/audit/export?format=json&firm=" + firm.id();

        String march = auditor.get(ofFirm + "&from=2026-03-01&to=2026-03-31").body();
        assertThat(march).contains("\"case\":\"" + key + "\"", "LATER").doesNotContain("\"case\":\"" + other + "\"");
        Path file = Files.writeString(folder.resolve("march.json"), march);
        assertThat(VerifyExport.of(file, null).isGood()).isTrue();
        assertThat(auditor.get(ofFirm + "&from=2026-03-03&to=2026-04-14").body())
                .contains("\"chainCount\":0");
        assertThat(auditor.get("/audit/export?format=json").body())
                .contains("\"case\":\"" + key + "\"", "\"case\":\"" + other + "\"", "\"case\":\"product\"");
        assertThat(auditor.get(ofFirm + "&from=2026-03-03&to=2026-03-02").statusCode())
                .isEqualTo(400);
        assertThat(auditor.get("/audit/export?format=pdf").statusCode()).isEqualTo(400);
        assertThat(auditor.get("/audit/export?format=csv&firm=F-NONE").statusCode())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("let no spreadsheet run what somebody typed")
    void formulas() {
        record(key, "=actor()", "@WHAT", Map.of("said", new Personal("=HYPERLINK(\"https://example.org\")")));

        String csv = door.signedIn("auditor", null)
                .get("/audit/export?format=csv&firm=" + firm.id())
                .body();

        assertThat(csv)
                .startsWith("\uFEFFCase,Number,Time (UTC)")
                .contains("'=actor()", "'@WHAT", "Take-over requested")
                .doesNotContainPattern("(?m)(^|,|\")[=+@\\t-]");
        for (String formula : List.of("=1", "+1", "-1", "@x", "\t=1", "\r=1")) {
            assertThat(WriteTable.cell(formula)).isEqualTo("'" + formula);
        }
        assertThat(WriteTable.cell("a=1")).isEqualTo("a=1");
    }

    @Test
    @DisplayName("are told by the trail, with who took what, before anything leaves the house")
    void recorded() throws Exception {
        String auditor = door.person("auditor", null);
        pack(auditor, "en");
        door.signedIn(auditor).get("/audit/export?format=csv&firm=" + firm.id() + "&from=2026-03-01");

        assertThat(documents(auditor))
                .hasSize(2)
                .anyMatch(entry -> entry.contains(key) && entry.contains("README.txt") && entry.contains("sha256"))
                .anyMatch(entry -> entry.contains("\"case\":\"product\"")
                        && entry.contains(firm.id().text()));
    }

    @Test
    @DisplayName("S48 are for auditors alone, whichever firm a person works for, and nothing is told of a refused one")
    void auditorsAlone() {
        Firm another = door.firm("G");
        for (String role :
                List.of("accountant", "client-support", "billing-operations", "process-owner", "camunda-admin")) {
            for (Firm of : Arrays.asList(firm, another, null)) {
                String person = door.person(role, of);
                Visitor other = door.signedIn(person);
                for (String path : List.of(
                        "/audit/cases/" + key + "/evidence.zip",
                        "/audit/export?format=csv&firm=" + firm.id(),
                        "/audit/export?format=json")) {
                    assertThat(other.get(path).statusCode())
                            .as(role + " " + path)
                            .isEqualTo(403);
                }
                assertThat(documents(person)).isEmpty();
            }
        }
        assertThat(door.stranger().get("/audit/export?format=json").statusCode())
                .isEqualTo(302);
        assertThat(door.signedIn("auditor", null)
                        .get("/audit/cases/TKO-1999-00001/evidence.zip")
                        .statusCode())
                .isEqualTo(404);
    }

    private void record(String about, String actor, String what, Map<String, ?> content) {
        transaction.executeWithoutResult(status -> trail.record(new Fact(about, actor, what, content)));
    }

    private List<String> documents(String actor) {
        return jdbc.sql("select document from audit_entry where actor = ? and what = 'EVIDENCE_EXPORTED'")
                .param(actor)
                .query(String.class)
                .list();
    }

    private Map<String, byte[]> pack(String auditor, String language) throws IOException {
        String person = auditor.equals("auditor") ? door.person("auditor", null) : auditor;
        byte[] bytes = door.signedIn(person).download("/audit/cases/" + key + "/evidence.zip?lang=" + language);
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    private Path zip(Map<String, byte[]> files) throws IOException {
        Path path = folder.resolve("pack.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return path;
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
