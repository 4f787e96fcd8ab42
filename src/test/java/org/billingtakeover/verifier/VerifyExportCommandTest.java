package org.billingtakeover.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.billingtakeover.trail.Sha256;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The command verify-export")
@SuppressWarnings("NullAway.Init")
class VerifyExportCommandTest {

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "ends with zero for a file as it was written, with one for an altered one, with two for none, and says so")
    void exitCodes() throws IOException {
        Path file = folder.resolve("export.json");
        String text = export();
        Files.writeString(file, text);
        String seal = text.replaceFirst("(?s).*\"hash\":\"([0-9a-f]+)\",\"lines.*", "1:$1");

        assertThat(run(file.toString()).getKey()).isZero();
        assertThat(run(file.toString(), "--seal=" + seal)).satisfies(answer -> {
            assertThat(answer.getKey()).isZero();
            assertThat(answer.getValue())
                    .contains(
                            "The file is as it was written: 1 chains, 1 entries, 1 seals.",
                            "Newest seal in the file: " + seal,
                            "Seal 1 is the one that was noted down.");
        });
        assertThat(run(file.toString(), "--seal=1:" + "0".repeat(64), "--language=fr"))
                .satisfies(answer -> {
                    assertThat(answer.getKey()).isEqualTo(1);
                    assertThat(answer.getValue()).contains("Le sceau 1 n’est pas celui qui a été noté");
                });

        Files.writeString(file, text.replace("\"actor\":\"a\",\"what\"", "\"actor\":\"b\",\"what\""));
        assertThat(run(file.toString(), "--language=fr")).satisfies(answer -> {
            assertThat(answer.getKey()).isEqualTo(1);
            assertThat(answer.getValue()).contains("X\u00a0: l’inscription 1 a été modifiée.");
        });

        Files.writeString(file, text.substring(0, text.length() - 20));
        assertThat(run(file.toString())).satisfies(answer -> {
            assertThat(answer.getKey()).isEqualTo(2);
            assertThat(answer.getValue()).contains("is no whole export: at line ", "Download it again.");
        });
    }

    @Test
    @DisplayName("ends with two where it is not understood, and says how it is called")
    void notUnderstood() {
        for (List<String> arguments :
                List.of(List.<String>of(), List.of("a.json", "--seal=x"), List.of("a.json", "b.json"))) {
            assertThat(run(arguments.toArray(String[]::new)))
                    .as(arguments.toString())
                    .satisfies(answer -> {
                        assertThat(answer.getKey()).isEqualTo(2);
                        assertThat(answer.getValue()).contains("Usage: verify-export");
                    });
        }
        assertThat(run(folder.resolve("none.json").toString())).satisfies(answer -> {
            assertThat(answer.getKey()).isEqualTo(2);
            assertThat(answer.getValue()).contains("There is no file");
        });
    }

    /** One case of one entry, and one seal. */
    private static String export() {
        String document =
                "{\"actor\":\"a\",\"at\":\"2026-03-02T15:00:00Z\",\"case\":\"X\",\"content\":{},\"what\":\"W\"}";
        String zeros = "0".repeat(64);
        String hash = hex(Sha256.of(Sha256.nothingBefore(), document));
        String line = "X 1 " + hash;
        String seal = "{\"cases\":1,\"digest\":\"" + hex(Sha256.of(new byte[0], line + "\n")) + "\",\"number\":1}";
        return """
                {"format":"billing-takeover-audit-export","version":1,"chainCount":1,"entryCount":1,"chains":[
                {"case":"X","length":1,"entries":[
                {"number":1,"at":"2026-03-02T15:00:00Z","actor":"a","what":"W","document":"%s","previous":"%s","hash":"%s"}]}],
                "seals":[
                {"number":1,"document":"%s","previous":"%s","hash":"%s","lines":["%s"]}],"complete":true}
                """.formatted(
                quoted(document), zeros, hash, quoted(seal), zeros, hex(Sha256.of(Sha256.nothingBefore(), seal)), line);
    }

    private static String quoted(String json) {
        return json.replace("\"", "\\\"");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static Map.Entry<Integer, String> run(String... arguments) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        int exitCode = new VerifyExportCommand(new PrintStream(printed, true, StandardCharsets.UTF_8))
                .execute(List.of(arguments));
        return Map.entry(exitCode, printed.toString(StandardCharsets.UTF_8));
    }
}
