package org.billingtakeover.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What an earlier version of the product exported")
class EarlierExportsTest {

    static final Path FOLDER = Path.of("src/test/resources/exports/1.0.0");

    /** The newest seals, as they were noted down then. */
    static final Map<String, String> NOTED = Map.of(
            "TKO-2026-00001.zip", "4:aa05ab62f5af4f9f76c938103accf6ba59ece1bb54fa008c245ef9c31509d9de",
            "export.json", "5:74ff5bf2719f342330024f2ed86f3f3bc1184f274dee28172cfddeb0c3ddede5");

    @Test
    @DisplayName("is proved, against the seals that were noted then, however few entries are in memory at a time")
    void verifies() throws Exception {
        for (Map.Entry<String, String> file : NOTED.entrySet()) {
            NotedSeal noted = NotedSeal.read(file.getValue()).orElseThrow();
            for (int entriesAtATime : new int[] {1, 1_000_000}) {
                Report report = VerifyExport.of(new ExportFile(FOLDER.resolve(file.getKey()), entriesAtATime), noted);

                assertThat(report.isGood()).as(report.toString()).isTrue();
                assertThat(report.entries()).isGreaterThan(60);
                assertThat(report.lastSeal()).extracting(seal -> seal.noted()).isEqualTo(file.getValue());
            }
        }
    }
}
