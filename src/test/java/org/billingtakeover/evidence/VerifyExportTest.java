package org.billingtakeover.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.trail.Fact;
import org.billingtakeover.trail.Personal;
import org.billingtakeover.trail.Sha256;
import org.billingtakeover.trail.StoredTrail.Scope;
import org.billingtakeover.trail.Trail;
import org.billingtakeover.trail.TrailAlone;
import org.billingtakeover.verifier.Finding;
import org.billingtakeover.verifier.Finding.Kind;
import org.billingtakeover.verifier.NotedSeal;
import org.billingtakeover.verifier.Report;
import org.billingtakeover.verifier.UnusableExport;
import org.billingtakeover.verifier.VerifyExport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

@Tag("slow")
@DisplayName("An export, away from the product,")
class VerifyExportTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Three cases: A with six entries, B with four, C with two; two seals. Of A something said of a person was erased. */
    private static String export = "";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeAll
    static void export() throws IOException {
        try (AnnotationConfigApplicationContext product = new AnnotationConfigApplicationContext(Product.class)) {
            JdbcTemplate jdbc = product.getBean(JdbcTemplate.class);
            append(product, "A", 4);
            append(product, "B", 4);
            jdbc.queryForList("select audit_seal_now('2026-03-02T15:00:00Z')");
            jdbc.queryForList("select audit_erase_personal('A', '2026-03-02T15:00:00Z', 'olivia', 'retention P7Y')");
            append(product, "A", 1);
            append(product, "C", 2);
            jdbc.queryForList("select audit_seal_now('2026-03-02T15:01:00Z')");
            append(product, "C", 1);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            product.getBean(WriteExport.class)
                    .asJson(new Scope(null, null, null, null), null, "audrey", Instant.EPOCH, bytes);
            export = bytes.toString(StandardCharsets.UTF_8);
        }
    }

    @Test
    @DisplayName("is proved as it was written, as far as it was sealed")
    void asItWasWritten() throws Exception {
        Report report = verify(export);

        assertThat(report.isGood()).as(report.toString()).isTrue();
        assertThat(report)
                .extracting(Report::chains, Report::entries, Report::seals)
                .containsExactly(3L, 12L, 2L);
    }

    @Test
    @DisplayName("has every record on a line of its own, and no value of a person that was erased")
    void lines() {
        assertThat(export.lines().filter(line -> line.contains("\"hash\""))).hasSize(14);
        assertThat(export).contains("Person of B 1").containsOnlyOnce("Person of A 1");
    }

    @Test
    @DisplayName("betrays an entry that was altered, in its document, beside it, or in its hash")
    void altered() throws Exception {
        for (Map.Entry<String, String> alteration : Map.of(
                        "mallory did", "nobody did",
                        "\"actor\":\"alice\",\"what\":\"W3\"", "\"actor\":\"bob\",\"what\":\"W3\"",
                        "\"what\":\"W3\",\"document\"", "\"what\":\"W9\",\"document\"")
                .entrySet()) {
            String line = entry("B", 3);
            assertThat(line).contains(alteration.getKey());
            String changed = line.replace(alteration.getKey(), alteration.getValue());
            assertThat(verify(export.replace(line, changed)).findings())
                    .as(changed)
                    .containsExactly(Finding.of(Kind.ALTERED, "B", 3));
        }
    }

    @Test
    @DisplayName("betrays entries that were deleted, in the middle and at the end")
    void deleted() throws Exception {
        assertThat(verify(without(entry("B", 2))).findings()).containsExactly(Finding.of(Kind.MISSING, "B", 2));
        String cut = export.replace(",\n" + entry("A", 6), "");
        assertThat(verify(cut).findings()).containsExactly(Finding.of(Kind.MISSING, "A", 6));
        assertThat(verify(cut.replace("\"case\":\"A\",\"length\":6", "\"case\":\"A\",\"length\":5"))
                        .findings())
                .containsExactly(new Finding(Kind.MISSING, "A", 6, 6, 2));
        String all = IntStream.rangeClosed(1, 4)
                .mapToObj(number -> entry("B", number))
                .reduce((one, other) -> one + ",\n" + other)
                .orElseThrow();
        assertThat(verify(export.replace(all, "")).findings()).contains(new Finding(Kind.MISSING, "B", 1, 4, null));
    }

    @Test
    @DisplayName("betrays a chain that was taken out, and one that is in it twice")
    void wholeChain() throws Exception {
        String chain = export.substring(export.indexOf("{\"case\":\"B\""), export.indexOf("{\"case\":\"C\""));
        assertThat(verify(export.replace(chain, "")).findings())
                .contains(new Finding(Kind.CHAINS_MISCOUNTED, "", 3, 2, null));
        assertThat(verify(export.replace(chain, chain + chain)).findings())
                .contains(new Finding(Kind.CHAIN_MISPLACED, "B", 0, 0, null));
    }

    @Test
    @DisplayName("betrays an entry that was put in")
    void inserted() throws Exception {
        String third = entry("B", 3);
        String put = third.replace("mallory did", "mallory never did");
        assertThat(verify(export.replace(third, third + ",\n" + put)).findings())
                .contains(Finding.of(Kind.INSERTED, "B", 3));
        String foreign = entry("C", 1);
        assertThat(verify(export.replace(third, third + ",\n" + foreign.replace("\"number\":1", "\"number\":4")))
                        .findings())
                .isNotEmpty()
                .allMatch(finding -> finding.about().equals("B"));
        String atTheEnd = entry("B", 4);
        assertThat(verify(export.replace(atTheEnd, atTheEnd + ",\n" + next(atTheEnd)))
                        .findings())
                .containsExactly(new Finding(Kind.INSERTED, "B", 5, 5, null));
    }

    @Test
    @DisplayName("betrays entries that changed places, with their numbers or without")
    void swapped() throws Exception {
        String second = entry("B", 2);
        String third = entry("B", 3);
        assertThat(verify(swap(second, third)).findings())
                .containsExactly(new Finding(Kind.MOVED, "B", 2, 3, null), new Finding(Kind.MOVED, "B", 3, 2, null));
        String renumbered = swap(second, third)
                .replace(second, second.replace("\"number\":2", "\"number\":3"))
                .replace(third, third.replace("\"number\":3", "\"number\":2"));
        assertThat(verify(renumbered).findings())
                .isNotEmpty()
                .allMatch(finding ->
                        finding.kind() == Kind.MOVED && finding.about().equals("B"));
    }

    @Test
    @DisplayName("betrays what is said of a person when it was altered or taken out")
    void persons() throws Exception {
        assertThat(verify(export.replace("Person of B 1", "Person of X 1")).findings())
                .containsExactly(Finding.of(Kind.PERSONAL_ALTERED, "B", 1));
        String line = entry("B", 1);
        assertThat(verify(export.replace(line, line.replaceFirst(",\"personal\":.*]", "")))
                        .findings())
                .containsExactly(Finding.of(Kind.PERSONAL_MISSING, "B", 1));
    }

    @Test
    @DisplayName("betrays a seal that was altered, taken out, or emptied of its lines")
    void seals() throws Exception {
        assertThat(verify(export.replace("15:01:00Z\\\",\\\"cases", "15:02:00Z\\\",\\\"cases"))
                        .findings())
                .containsExactly(Finding.of(Kind.SEAL_ALTERED, "", 2));
        JsonNode emptied = JSON.readTree(export);
        ((ObjectNode) emptied.path("seals").path(1)).remove("lines");
        assertThat(verify(emptied.toString()).findings())
                .contains(new Finding(Kind.NOT_SEALED, "A", 5, 6, null), new Finding(Kind.NOT_SEALED, "C", 1, 2, null));
        JsonNode gone = JSON.readTree(export);
        ((ArrayNode) gone.path("seals")).remove(1);
        assertThat(verify(gone.toString()).isGood()).isFalse();
    }

    @Test
    @DisplayName("betrays a chain that somebody built anew with hashes that fit, by the seals alone")
    void rebuilt() throws Exception {
        assertThat(verify(rebuilt(false)).findings()).containsExactly(new Finding(Kind.REWRITTEN, "B", 1, 4, 1));
    }

    @Test
    @DisplayName("betrays somebody who built chains and seals anew, by a seal that was noted down, and not without")
    void rebuiltWithSeals() throws Exception {
        String before = newestSeal(export);
        String forged = rebuilt(true);

        assertThat(verify(forged).isGood()).isTrue();
        assertThat(verify(forged, noted(before)).findings()).containsExactly(Finding.of(Kind.NOT_AS_NOTED, "", 2));
        assertThat(verify(export, noted(before)).isGood()).isTrue();
    }

    @Test
    @DisplayName("is refused, with a sentence that says where, when it breaks off or is something else")
    void unusable() {
        for (Map.Entry<String, String> file : Map.of(
                        "",
                        "noJson",
                        "{}",
                        "format",
                        "[1]",
                        "noJson",
                        "PK\u0003\u0004rest",
                        "zip",
                        export.substring(0, export.length() / 2),
                        "noJson",
                        export.replace(",\"complete\":true", ""),
                        "noJson",
                        export.replace("\"version\":1", "\"version\":2"),
                        "version",
                        export.replace("{\"case\":\"B\"", "{\"case\":\"X\",\"case\":\"B\""),
                        "noJson",
                        export.replace(",\"previous\":\"", ",\"previous\":\"zz"),
                        "noJson")
                .entrySet()) {
            assertThatThrownBy(() -> verify(file.getKey()))
                    .as(file.getKey())
                    .isInstanceOf(UnusableExport.class)
                    .hasMessage(file.getValue());
        }
        assertThatThrownBy(() -> VerifyExport.of(folder.resolve("none"), null)).hasMessage("noFile");
        assertThatThrownBy(() -> verify(export, new NotedSeal(7, "00"))).hasMessage("seal");
    }

    /** As somebody does who knows how hashes are made: B says another thing from its second entry on. */
    private static String rebuilt(boolean sealsToo) throws IOException {
        JsonNode file = JSON.readTree(export);
        byte[] hash = Sha256.nothingBefore();
        for (JsonNode entry : file.path("chains").path(1).path("entries")) {
            String document = entry.path("document").asText().replace("mallory did", "nobody did");
            ((ObjectNode) entry).put("document", document).put("previous", hex(hash));
            hash = Sha256.of(hash, document);
            ((ObjectNode) entry).put("hash", hex(hash));
        }
        if (sealsToo) {
            byte[] seal = Sha256.nothingBefore();
            for (JsonNode each : file.path("seals")) {
                StringBuilder lines = new StringBuilder();
                ArrayNode changed = JSON.createArrayNode();
                for (JsonNode line : each.path("lines")) {
                    String text = line.asText().startsWith("B ") ? "B 4 " + hex(hash) : line.asText();
                    changed.add(text);
                    lines.append(text).append('\n');
                }
                String digest = hex(Sha256.of(new byte[0], lines.toString()));
                String document = each.path("document")
                        .asText()
                        .replaceFirst("\"digest\":\"[0-9a-f]+\"", "\"digest\":\"" + digest + "\"");
                ((ObjectNode) each).put("document", document).put("previous", hex(seal));
                ((ObjectNode) each).set("lines", changed);
                seal = Sha256.of(seal, document);
                ((ObjectNode) each).put("hash", hex(seal));
            }
        }
        return file.toString();
    }

    /** An entry that follows {@code line} as it should, though nobody sealed it. */
    private static String next(String line) throws IOException {
        ObjectNode entry = (ObjectNode) JSON.readTree(line);
        byte[] previous = HexFormat.of().parseHex(entry.path("hash").asText());
        entry.put("number", entry.path("number").asInt() + 1)
                .put("previous", hex(previous))
                .put("hash", hex(Sha256.of(previous, entry.path("document").asText())));
        return entry.toString();
    }

    private static String newestSeal(String file) throws IOException {
        JsonNode seals = JSON.readTree(file).path("seals");
        JsonNode newest = seals.path(seals.size() - 1);
        return newest.path("number").asText() + ":" + newest.path("hash").asText();
    }

    private static NotedSeal noted(String seal) {
        String[] parts = seal.split(":");
        return new NotedSeal(Integer.parseInt(parts[0]), parts[1]);
    }

    private static String entry(String about, int number) {
        String line = export.substring(export.indexOf("{\"case\":\"" + about + "\""))
                .lines()
                .skip(number)
                .findFirst()
                .orElseThrow();
        try (JsonParser record = JSON.createParser(line)) {
            record.nextToken();
            record.skipChildren();
            return line.substring(0, (int) record.currentLocation().getCharOffset());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String without(String line) {
        return export.replace(line + ",\n", "");
    }

    private static String swap(String one, String other) {
        return export.replace(one, "<").replace(other, one).replace("<", other);
    }

    private Report verify(String text) throws Exception {
        return verify(text, null);
    }

    private Report verify(String text, @Nullable NotedSeal noted) throws Exception {
        return VerifyExport.of(file(text), noted);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("export.json"), text);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static void append(AnnotationConfigApplicationContext product, String about, int entries) {
        for (int i = 1; i <= entries; i++) {
            Map<String, Object> content = i == 1
                    ? Map.of("name", new Personal("Person of " + about + " " + i))
                    : Map.of("detail", "mallory did “" + i + "”\n\"quoted\"");
            record(product, new Fact(about, "alice", "W" + i, content));
        }
    }

    private static void record(AnnotationConfigApplicationContext product, Fact fact) {
        Consumer<Object> work = status -> product.getBean(Trail.class).record(fact);
        product.getBean(TransactionTemplate.class).executeWithoutResult(work::accept);
    }

    @Import({TrailAlone.class, WriteExport.class})
    static class Product {

        @Bean(destroyMethod = "")
        DataSource database() {
            return TestDatabase.fresh();
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }
    }
}
