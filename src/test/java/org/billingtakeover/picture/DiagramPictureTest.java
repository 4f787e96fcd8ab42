package org.billingtakeover.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.picture.Walk.How;
import org.billingtakeover.picture.Walk.Step;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

@DisplayName("A picture of a diagram")
class DiagramPictureTest {

    private static final BpmnModelInstance SPLIT = Bpmn.readModelFromStream(stream("""
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="t">
              <process id="p" isExecutable="true">
                <startEvent id="start"/>
                <exclusiveGateway id="choice"/>
                <task id="detour"/>
                <task id="work"/>
                <boundaryEvent id="late" attachedToRef="work"/>
                <endEvent id="end"/>
                <endEvent id="lateEnd"/>
                <sequenceFlow id="start-choice" sourceRef="start" targetRef="choice"/>
                <sequenceFlow id="choice-work" sourceRef="choice" targetRef="work"/>
                <sequenceFlow id="choice-detour" sourceRef="choice" targetRef="detour"/>
                <sequenceFlow id="detour-work" sourceRef="detour" targetRef="work"/>
                <sequenceFlow id="work-end" sourceRef="work" targetRef="end"/>
                <sequenceFlow id="work-choice" sourceRef="work" targetRef="choice"/>
                <sequenceFlow id="late-lateEnd" sourceRef="late" targetRef="lateEnd"/>
              </process>
            </definitions>
            """));

    @SuppressWarnings("StreamResourceLeak") // JUnit closes it.
    static Stream<Path> diagrams() throws IOException {
        return Files.list(Path.of("processes"))
                .filter(file -> file.toString().endsWith(".bpmn"))
                .sorted();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("diagrams")
    @DisplayName("leaves nothing out")
    void everything(Path file) throws Exception {
        BpmnModelInstance diagram = Bpmn.readModelFromFile(file.toFile());

        Document picture = parsed(DiagramPicture.draw(diagram, Walk.NONE, "It's <one>"));

        NodeList groups = picture.getElementsByTagName("g");
        List<String> drawn = Stream.iterate(0, i -> i < groups.getLength(), i -> i + 1)
                .map(i -> (Element) groups.item(i))
                .peek(group -> assertThat(group.getAttribute("data-state"))
                        .as(group.getAttribute("data-element"))
                        .isNotEqualTo("unknown"))
                .map(group -> group.getAttribute("data-element"))
                .toList();
        List<String> laidOut = Stream.concat(
                        diagram.getModelElementsByType(BpmnShape.class).stream()
                                .map(shape -> shape.getBpmnElement().getId()),
                        diagram.getModelElementsByType(BpmnEdge.class).stream()
                                .map(edge -> edge.getBpmnElement().getId()))
                .toList();
        assertThat(drawn).containsExactlyInAnyOrderElementsOf(laidOut);
        assertThat(picture.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("It's <one>");
        assertThat(names(diagram)).allSatisfy(name -> assertThat(words(picture)).contains(name));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("diagrams")
    @DisplayName("has the words of its diagram in the language of whoever reads it")
    void words(Path file) throws Exception {
        BpmnModelInstance diagram = Bpmn.readModelFromFile(file.toFile());
        List<String> own = names(diagram);

        BpmnModelInstance french = DiagramWords.in(Language.FR, diagram);

        assertThat(names(DiagramWords.in(Language.EN, diagram))).isEqualTo(own);
        assertThat(names(diagram)).as("the engine's own").isEqualTo(own);
        assertThat(names(french)).hasSameSizeAs(own).doesNotContain("Yes", "No", "Look again");
        assertThat(words(parsed(DiagramPicture.draw(french, Walk.NONE, "Vue")))).containsAll(names(french));
    }

    @Test
    @DisplayName("has its own words where it has none in that language")
    void ownWords() {
        BpmnModelInstance before =
                Bpmn.readModelFromFile(Path.of("src", "test", "resources", "processes", "1.1.0", "ask-client.bpmn")
                        .toFile());

        assertThat(names(DiagramWords.in(Language.FR, before))).isEqualTo(names(before));
    }

    @Test
    @DisplayName("has words that are longer than the author's beside what they belong to, and on nothing else")
    void longerWords() {
        BpmnModelInstance diagram = Bpmn.readModelFromFile(
                Path.of("processes", "billing-takeover.bpmn").toFile());
        BpmnShape gateway = diagram.getModelElementsByType(BpmnShape.class).stream()
                .filter(shape -> shape.getBpmnElement().getId().equals("Gateway_Eligible"))
                .findFirst()
                .orElseThrow();

        Label own = Label.of("Eligible?", gateway);
        Label longer = Label.of("Is this client one whose bill its firm may take over?", gateway);

        assertThat(longer.text().lines()).hasSizeGreaterThan(own.text().lines().size());
        assertThat(longer.box().getMaxY()).isLessThanOrEqualTo(own.box().getMaxY() + 1);
        assertThat(longer.box().getMaxY())
                .isLessThanOrEqualTo(gateway.getBounds().getY());
    }

    @Test
    @DisplayName("shows a detour as the path, not the short cut beside it")
    void detour() {
        PathTaken path = walk("start passed", "choice passed", "detour passed", "work entered");

        assertThat(taken(path)).containsExactlyInAnyOrder("start-choice", "choice-detour", "detour-work");
        assertThat(path.of("work")).isEqualTo(PathTaken.State.WAITING);
        assertThat(path.of("end")).isEqualTo(PathTaken.State.UNTOUCHED);
    }

    @Test
    @DisplayName("shows the short cut where no detour was made, and what a deadline cut short")
    void cancelled() {
        PathTaken path = walk(
                "start passed", "choice passed", "work entered", "work cancelled", "late passed", "lateEnd passed");

        assertThat(taken(path)).containsExactlyInAnyOrder("start-choice", "choice-work", "late-lateEnd");
        assertThat(path.of("work")).isEqualTo(PathTaken.State.CANCELLED);
    }

    @Test
    @DisplayName("counts how often a step was passed")
    void loop() {
        PathTaken path = walk(
                "start passed",
                "choice passed",
                "detour passed",
                "work entered",
                "work left",
                "choice passed",
                "work entered",
                "work left",
                "end passed");

        assertThat(path.visits("work")).isEqualTo(2);
        assertThat(taken(path))
                .containsExactlyInAnyOrder(
                        "start-choice", "choice-detour", "detour-work", "work-choice", "choice-work", "work-end");
    }

    @Test
    @DisplayName("shows the step whose turn is next as waiting until the case is over, and one that failed as failed")
    void waiting() {
        List<Step> steps = List.of(new Step("start", How.PASSED));
        assertThat(new PathTaken(SPLIT, new Walk(steps, false)).of("choice")).isEqualTo(PathTaken.State.WAITING);
        assertThat(new PathTaken(SPLIT, new Walk(steps, true)).of("choice")).isEqualTo(PathTaken.State.UNTOUCHED);

        List<Step> failed = List.of(new Step("start", How.PASSED), new Step("choice", How.FAILED));
        assertThat(new PathTaken(SPLIT, new Walk(failed, false)).of("choice")).isEqualTo(PathTaken.State.FAILED);
    }

    private static PathTaken walk(String... steps) {
        List<Step> walked = Arrays.stream(steps)
                .map(step -> step.split(" "))
                .map(step -> new Step(step[0], How.valueOf(step[1].toUpperCase(Locale.ROOT))))
                .toList();
        return new PathTaken(SPLIT, new Walk(walked, false));
    }

    private static List<String> taken(PathTaken path) {
        return SPLIT.getModelElementsByType(SequenceFlow.class).stream()
                .filter(path::taken)
                .map(flow -> flow.getId())
                .toList();
    }

    private static List<String> names(BpmnModelInstance diagram) {
        return Stream.concat(
                        diagram.getModelElementsByType(BpmnShape.class).stream().map(BpmnShape::getBpmnElement),
                        diagram.getModelElementsByType(BpmnEdge.class).stream().map(BpmnEdge::getBpmnElement))
                .map(element -> element.getAttributeValue("name"))
                .filter(name -> name != null)
                .map(name -> name.strip().replaceAll("\\s+", " "))
                .toList();
    }

    private static List<String> words(Document picture) {
        NodeList texts = picture.getElementsByTagName("text");
        return Stream.iterate(0, i -> i < texts.getLength(), i -> i + 1)
                .map(i -> ((Element) texts.item(i)).getElementsByTagName("tspan"))
                .map(lines -> String.join(
                        " ",
                        Stream.iterate(0, i -> i < lines.getLength(), i -> i + 1)
                                .map(i -> lines.item(i).getTextContent())
                                .toList()))
                .toList();
    }

    private static Document parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(stream(svg));
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
