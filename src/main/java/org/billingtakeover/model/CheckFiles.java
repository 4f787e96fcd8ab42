package org.billingtakeover.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.dmn.Dmn;
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
                .forEach((file, text) -> whyUnreadable(file, text)
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

    private static Optional<String> whyUnreadable(String file, String text) {
        if (file.endsWith(".bpmn")) {
            return failure(text, each -> Bpmn.readModelFromStream(ProcessFiles.stream(each)));
        }
        return file.endsWith(".dmn")
                ? failure(text, each -> Dmn.readModelFromStream(ProcessFiles.stream(each)))
                : Optional.empty();
    }

    private static Optional<String> failure(String text, Consumer<String> parser) {
        try {
            parser.accept(text);
            return Optional.empty();
        } catch (ModelException e) {
            return Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
                    .reduce((outer, inner) -> inner)
                    .map(innermost ->
                            String.valueOf(innermost.getMessage()).strip().replaceFirst("\\.$", ""));
        }
    }
}
