package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Among them, the acceptance scenarios take every path of every diagram. Two JVMs share them, so this is asked once both have ended. */
@Tag("after-scenarios")
@DisplayName("All acceptance scenarios together")
class EveryPathTest {

    private final List<WalkedPaths> suites = Stream.of(LongScenariosTest.class, OtherScenariosTest.class)
            .map(WalkedPaths::of)
            .toList();

    @Test
    @DisplayName("take every path of every diagram")
    void everyPath() {
        WalkedPaths all = suites.stream().reduce(WalkedPaths::with).orElseThrow();

        assertThat(all.drawn()).isNotEmpty();
        assertThat(all.never()).as("paths that no scenario takes").isEmpty();
    }

    @Test
    @DisplayName("compare the pictures of their cases with the paths that the engine took")
    void pictures() {
        assertThat(suites.stream().mapToInt(WalkedPaths::pictures).sum()).isGreaterThan(30);
    }
}
