package org.billingtakeover.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
@DisplayName("The jar of the verifier")
class VerifierJarTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    @DisplayName("proves a pack and an export with nothing but Java, in both languages, and betrays an altered one")
    void standsAlone() throws Exception {
        for (Map.Entry<String, String> file : EarlierExportsTest.NOTED.entrySet()) {
            String path = EarlierExportsTest.FOLDER
                    .resolve(file.getKey())
                    .toAbsolutePath()
                    .toString();
            assertThat(java(path, "--seal=" + file.getValue())).satisfies(answer -> {
                assertThat(answer.getKey()).isZero();
                assertThat(answer.getValue())
                        .contains("The file is as it was written", "is the one that was noted down.");
            });
            assertThat(java(path, "--language=fr")).satisfies(answer -> {
                assertThat(answer.getKey()).isZero();
                assertThat(answer.getValue()).contains("Le fichier est tel qu’il a été écrit");
            });
        }
        String export = Files.readString(EarlierExportsTest.FOLDER.resolve("export.json"));
        Path altered = Files.writeString(
                folder.resolve("altered.json"), export.replaceFirst("\"actor\":\"alice\"", "\"actor\":\"mallory\""));
        assertThat(java(altered.toString())).satisfies(answer -> {
            assertThat(answer.getKey()).isEqualTo(1);
            assertThat(answer.getValue()).contains("TKO-2026-00001: entry 1 was altered.");
        });
        assertThat(java(folder.resolve("none.json").toString()).getKey()).isEqualTo(2);
    }

    @Test
    @DisplayName("is small, and holds the verifier and the plain part of the trail alone")
    void small() throws IOException {
        assertThat(Files.size(jar())).isLessThan(1_500_000);
        try (ZipFile jar = new ZipFile(jar().toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class")))
                    .isNotEmpty()
                    .allMatch(name -> name.matches("org/billingtakeover/(trail/[^/]*|verifier/.*)"));
        }
    }

    private Map.Entry<Integer, String> java(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dstdout.encoding=UTF-8",
                "-jar",
                jar().toString()));
        command.addAll(List.of(arguments));
        Path said = folder.resolve("said.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().remove("CLASSPATH");
        int exitCode = builder.start().waitFor();
        return Map.entry(exitCode, Files.readString(said, StandardCharsets.UTF_8));
    }

    /** The build makes it before it runs the tests. */
    private static Path jar() throws IOException {
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            return built.filter(path -> path.toString().endsWith("-verifier.jar"))
                    .max(Comparator.comparing(path -> path.toFile().lastModified()))
                    .orElseThrow()
                    .toAbsolutePath();
        }
    }
}
