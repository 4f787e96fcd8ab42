package org.billingtakeover.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;

@DisplayName("A start that files stand against")
class FilesRefusedTest {

    @Test
    @DisplayName("says which, a sentence each, instead of a stack trace")
    void inWords() {
        Throwable failure = new BeanCreationException(
                "processEngine",
                "Invocation of init method failed",
                new FilesRefused(List.of("deadlines.dmn: row 2.", "ask-client.bpmn: a step.")));

        assertThat(
                        SpringFactoriesLoader.forDefaultResourceLocation()
                                .load(FailureAnalyzer.class, (type, name, e) -> {})
                                .stream()
                                .map(analyzer -> analyzer.analyze(failure))
                                .filter(analysis -> analysis != null)
                                .map(FailureAnalysis::getDescription))
                .containsExactly(String.join(
                        System.lineSeparator(),
                        "The diagrams, tables and forms may not come into force:",
                        "- deadlines.dmn: row 2.",
                        "- ask-client.bpmn: a step."));
    }
}
