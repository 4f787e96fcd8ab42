package org.billingtakeover.takeover.process;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;

/**
 * The diagrams, tables and forms as a process owner edits them.
 *
 * @param texts file name to content, line ends as on Unix
 */
record ProcessFiles(Map<String, String> texts) {

    static final Path PROCESSES = Path.of("processes");
    static final Path FORMS = Path.of("forms");

    /** What lies in these folders now. */
    static ProcessFiles read(Path... folders) {
        Map<String, String> texts = new TreeMap<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.filter(file -> file.toString().matches(".*\\.(bpmn|dmn|form)"))
                            .forEach(file -> texts.put(file.getFileName().toString(), content(file)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return new ProcessFiles(texts);
    }

    /** The same files with one edit. */
    ProcessFiles edited(String file, String before, String after) {
        String text = texts.get(file);
        if (text == null || !text.contains(before)) {
            throw new IllegalArgumentException(file + " does not contain " + before);
        }
        Map<String, String> edited = new TreeMap<>(texts);
        edited.put(file, text.replace(before, after));
        return new ProcessFiles(edited);
    }

    /** The same files without one of them. */
    ProcessFiles without(String file) {
        Map<String, String> fewer = new TreeMap<>(texts);
        fewer.remove(file);
        return new ProcessFiles(fewer);
    }

    Map<String, BpmnModelInstance> diagrams() {
        return parsed(".bpmn", Bpmn::readModelFromStream);
    }

    Map<String, DmnModelInstance> tables() {
        return parsed(".dmn", Dmn::readModelFromStream);
    }

    String text(String file) {
        return Objects.requireNonNull(texts.get(file), file);
    }

    Stream<String> names(String ending) {
        return texts.keySet().stream().filter(name -> name.endsWith(ending));
    }

    private <T> Map<String, T> parsed(String ending, Function<InputStream, T> parser) {
        Map<String, T> models = new TreeMap<>();
        names(ending).forEach(name -> models.put(name, parser.apply(stream(text(name)))));
        return models;
    }

    static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String content(Path file) {
        try {
            return Files.readString(file).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
