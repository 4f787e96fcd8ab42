package org.billingtakeover.model;

import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Holds every diagram, table and form against the rules of the house and the code, in both directions, as the start does; and drawings, which
 * only people need, besides. A failure is a list of sentences: the file, the
 * element by its label, what is wrong and how to mend it.
 */
class ProcessModelTest {

    private static final ProcessFiles FILES = FilesOnDisk.read(FilesOnDisk.PROCESSES, FilesOnDisk.FORMS);

    @Test
    void diagramsTablesAndFormsMayComeIntoForce() {
        assertNone(Product.check().faults(FILES));
    }

    @Test
    void drawingsCanBeRead() {
        assertNone(DiagramLayout.faults(FILES).sentences());
    }

    private static void assertNone(List<String> faults) {
        if (!faults.isEmpty()) {
            fail("\n\n" + String.join("\n", faults) + "\n\n");
        }
    }
}
