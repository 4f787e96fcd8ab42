package org.billingtakeover.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A case ends on the diagrams and forms on which it began, so what those of each version name must be there for as long as a case of
 * that version may run.
 */
@DisplayName("What the diagrams of an earlier version name")
class EarlierDiagramsTest {

    private static final Path KEPT = Path.of("src", "test", "resources");
    private static final CodeContract CODE = Product.contract();

    @ParameterizedTest
    @MethodSource("versions")
    @DisplayName("is there: steps, listeners, forms, messages, errors, variables, ends, called diagrams and tables")
    void everythingIsThere(String version) {
        assertThat(missing(filesOf(version))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            change-payer.bpmn     | ${switchBilling}             | ${changeBilling}           | names changeBilling, but no code of that name exists
            ask-client.bpmn       | ${showQuestion}              | ${askClient}               | names askClient as a TaskListener, but the code is a JavaDelegate
            ask-client.bpmn       | record-client-answer.$       | record-answer.$            | needs the form record-answer.fr.form
            change-payer.bpmn     | name="change.withdrawn"      | name="change.takenBack"    | nobody ever sends the message change.takenBack
            deliver-mail.bpmn     | Code="mail.undeliverable"    | Code="mail.lost"           | no step ever raises the error mail.lost
            billing-takeover.bpmn | calledElement="ask-client"   | calledElement="ask"        | calls ask, but there is no such diagram
            billing-takeover.bpmn | Ref="takeover-eligibility"   | Ref="eligibility"          | asks the table eligibility
            billing-takeover.bpmn | RefBinding="deployment"      | RefBinding="latest"        | would use whatever is newest
            resolve-problem.fr.form | "key": "resolution"        | "key": "solution"          | the field solution is refused by the server
            """)
    @DisplayName("is missed when it is gone")
    void whatIsGoneIsMissed(String file, String before, String after, String sentence) {
        assertThat(missing(FilesOnDisk.edited(filesOf("1.0.0"), file, before, after)))
                .anyMatch(fault -> fault.startsWith(file + ": ") && fault.contains(sentence));
    }

    @ParameterizedTest
    @FieldSource("org.billingtakeover.model.ContractRules#OF_EARLIER_VERSIONS")
    @DisplayName("and nothing of today does, is told apart")
    void whatOnlyEarlierDiagramsName(String name) throws IOException {
        assertThat(versions().flatMap(version -> filesOf(version).texts().values().stream()))
                .anyMatch(diagram -> diagram.contains("${" + name + "}") || diagram.contains("\"" + name + "\""));
        assertThat(FilesOnDisk.read(FilesOnDisk.PROCESSES).texts().values())
                .noneMatch(diagram -> diagram.contains("${" + name + "}") || diagram.contains("\"" + name + "\""));
    }

    static Stream<String> versions() throws IOException {
        try (Stream<Path> folders = Files.list(KEPT.resolve("processes"))) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
        }
    }

    private static ProcessFiles filesOf(String version) {
        return FilesOnDisk.read(
                KEPT.resolve("processes").resolve(version),
                KEPT.resolve("forms").resolve(version));
    }

    /** Code that no earlier diagram names is newer than it, and so is an entry that no earlier form has: both are as they should be. */
    private static List<String> missing(ProcessFiles files) {
        Faults faults = new Faults();
        ContractRules.check(files, CODE, faults);
        return faults.sentences().stream()
                .filter(fault -> !fault.startsWith("the code: "))
                .filter(fault -> !fault.endsWith(" expects is missing."))
                .toList();
    }
}
