package org.billingtakeover.model;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.DmnModelInstance;

/** The diagrams, tables and forms as a process owner edits them. The models of them are to be read, not changed. */
public final class ProcessFiles {

    private final Map<String, String> texts;

    // To read a file against its schema takes longer than most of what is then asked of it.
    private final Map<String, BpmnModelInstance> diagrams = new HashMap<>();
    private final Map<String, DmnModelInstance> tables = new HashMap<>();

    /** @param texts file name to content, line ends as on Unix */
    public ProcessFiles(Map<String, String> texts) {
        this.texts = new TreeMap<>(texts);
    }

    public static ProcessFiles of(Map<String, byte[]> contents) {
        Map<String, String> texts = new TreeMap<>();
        contents.forEach(
                (name, content) -> texts.put(name, new String(content, StandardCharsets.UTF_8).replace("\r\n", "\n")));
        return new ProcessFiles(texts);
    }

    /** File name to content. */
    public Map<String, String> texts() {
        return texts;
    }

    /** @throws org.camunda.bpm.model.xml.ModelException if one of them cannot be read */
    public Map<String, BpmnModelInstance> diagrams() {
        return all(".bpmn", this::diagram);
    }

    /** @throws org.camunda.bpm.model.xml.ModelException if one of them cannot be read */
    public Map<String, DmnModelInstance> tables() {
        return all(".dmn", this::table);
    }

    BpmnModelInstance diagram(String file) {
        return diagrams.computeIfAbsent(file, name -> Bpmn.readModelFromStream(stream(text(name))));
    }

    DmnModelInstance table(String file) {
        return tables.computeIfAbsent(file, name -> Dmn.readModelFromStream(stream(text(name))));
    }

    public String text(String file) {
        return Objects.requireNonNull(texts.get(file), file);
    }

    public Stream<String> names(String ending) {
        return texts.keySet().stream().filter(name -> name.endsWith(ending));
    }

    private <T> Map<String, T> all(String ending, Function<String, T> model) {
        Map<String, T> models = new TreeMap<>();
        names(ending).forEach(name -> models.put(name, model.apply(name)));
        return models;
    }

    static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
