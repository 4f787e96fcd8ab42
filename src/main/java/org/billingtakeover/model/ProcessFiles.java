package org.billingtakeover.model;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
public record ProcessFiles(Map<String, String> texts) {

    public static ProcessFiles of(Map<String, byte[]> contents) {
        Map<String, String> texts = new TreeMap<>();
        contents.forEach(
                (name, content) -> texts.put(name, new String(content, StandardCharsets.UTF_8).replace("\r\n", "\n")));
        return new ProcessFiles(texts);
    }

    /** @throws org.camunda.bpm.model.xml.ModelException if one of them cannot be read */
    public Map<String, BpmnModelInstance> diagrams() {
        return parsed(".bpmn", Bpmn::readModelFromStream);
    }

    /** @throws org.camunda.bpm.model.xml.ModelException if one of them cannot be read */
    public Map<String, DmnModelInstance> tables() {
        return parsed(".dmn", Dmn::readModelFromStream);
    }

    public String text(String file) {
        return Objects.requireNonNull(texts.get(file), file);
    }

    public Stream<String> names(String ending) {
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
}
