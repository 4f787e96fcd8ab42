package org.billingtakeover.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.model.xml.ModelException;
import org.springframework.stereotype.Component;

/** Whether diagrams, tables and forms may come into force: the start asks it, and so do the tests. */
@Component
public class CheckFiles {

    private final List<FileRules> rules;

    CheckFiles(List<FileRules> rules) {
        this.rules = rules;
    }

    /** What stands against these files, a sentence each: which file, where in it, what is wrong, and how to mend it. */
    public List<String> faults(ProcessFiles files) {
        Faults faults = new Faults();
        files.texts()
                .keySet()
                .forEach(file -> whyUnreadable(files, file)
                        .ifPresent(why -> faults.add(
                                file,
                                "cannot be read: %s. Open it in Camunda Modeler, or take its last version again.",
                                why)));
        // What cannot be read would seem to be missing to all the others.
        if (faults.sentences().isEmpty()) {
            rules.forEach(each -> each.check(files, faults));
        }
        return List.copyOf(faults.sentences());
    }

    private static Optional<String> whyUnreadable(ProcessFiles files, String file) {
        try {
            if (file.endsWith(".bpmn")) {
                files.diagram(file);
            } else if (file.endsWith(".dmn")) {
                files.table(file);
            }
            return Optional.empty();
        } catch (ModelException e) {
            return Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
                    .reduce((outer, inner) -> inner)
                    .map(innermost ->
                            String.valueOf(innermost.getMessage()).strip().replaceFirst("\\.$", ""));
        }
    }
}
