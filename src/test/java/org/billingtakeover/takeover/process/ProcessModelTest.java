package org.billingtakeover.takeover.process;

import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;

/**
 * Holds every diagram, table and form against the code, in both directions. A failure is a list of sentences: the file, the
 * element by its label, what is wrong and how to mend it.
 */
class ProcessModelTest {

    private static final ProcessFiles FILES = ProcessFiles.read(ProcessFiles.PROCESSES, ProcessFiles.FORMS);

    @Test
    void diagramsKeepToTheRulesOfTheHouse() {
        assertNone(DiagramRules.faults(FILES));
    }

    @Test
    void diagramsHoldNoCode() {
        assertNone(SettingsRules.faults(FILES));
    }

    @Test
    void drawingsCanBeRead() {
        assertNone(DiagramLayout.faults(FILES));
    }

    @Test
    void diagramsTablesFormsAndCodeFitTogether() {
        assertNone(ContractRules.faults(FILES, CodeContract.read()));
    }

    private static void assertNone(Faults faults) {
        if (!faults.sentences().isEmpty()) {
            fail("\n\n" + String.join("\n", faults.sentences()) + "\n\n");
        }
    }
}
