package org.billingtakeover.model;

import java.io.IOException;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.Text;
import org.xml.sax.SAXException;

/** What of the engine's own settings a diagram may use, and where it may hold an expression: a diagram says when and who, code says what. */
final class SettingsRules {

    private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";

    private static final Set<String> SETTINGS = Set.of(
            "versionTag",
            "historyTimeToLive",
            "isStartableInTasklist",
            "asyncBefore",
            "asyncAfter",
            "delegateExpression",
            "decisionRef",
            "decisionRefBinding",
            "mapDecisionResult",
            "candidateGroups",
            "assignee",
            "dueDate",
            "formRef",
            "formRefBinding",
            "calledElementBinding",
            "in",
            "out",
            "source",
            "target",
            "businessKey",
            "executionListener",
            "taskListener",
            "event",
            "failedJobRetryTimeCycle",
            "properties",
            "property",
            "name",
            "value");

    private static final Set<String> EXPRESSIONS =
            Set.of("delegateExpression", "dueDate", "formRef", "businessKey", "conditionExpression", "timeDate");

    private final String file;
    private final Faults faults;

    private SettingsRules(String file, Faults faults) {
        this.file = file;
        this.faults = faults;
    }

    static void check(ProcessFiles files, Faults faults) {
        files.names(".bpmn").forEach(file -> check(file, files.text(file), faults));
    }

    private static void check(String file, String text, Faults faults) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setNamespaceAware(true);
            new SettingsRules(file, faults)
                    .check(factory.newDocumentBuilder()
                            .parse(ProcessFiles.stream(text))
                            .getDocumentElement());
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException(file + " is not XML", e);
        }
    }

    private void check(Element element) {
        boolean ofTheEngine = CAMUNDA.equals(element.getNamespaceURI());
        if (ofTheEngine || element.getLocalName().equals("script")) {
            checkSetting(element, element.getLocalName());
        }
        attributes(element).forEach(attribute -> {
            if (CAMUNDA.equals(attribute.getNamespaceURI()) || ofTheEngine && attribute.getNamespaceURI() == null) {
                checkSetting(element, attribute.getLocalName());
            }
            checkExpression(element, attribute.getLocalName(), attribute.getValue());
        });
        IntStream.range(0, element.getChildNodes().getLength())
                .mapToObj(element.getChildNodes()::item)
                .forEach(child -> {
                    if (child instanceof Element inner) {
                        check(inner);
                    } else if (child instanceof Text words) {
                        checkExpression(element, element.getLocalName(), words.getData());
                    }
                });
    }

    private void checkSetting(Element element, String setting) {
        if (!SETTINGS.contains(setting)) {
            faults.add(
                    file,
                    "%s uses ‘%s’, which this product does not allow. What a step does is code, named in ‘Delegate expression’; rules are tables.",
                    label(element),
                    setting);
        }
    }

    private void checkExpression(Element element, String place, String value) {
        if ((value.contains("${") || value.contains("#{")) && !EXPRESSIONS.contains(place)) {
            faults.add(
                    file,
                    "%s has an expression in ‘%s’, where none is allowed: %s",
                    label(element),
                    place,
                    value.strip());
        }
    }

    private static Stream<Attr> attributes(Element element) {
        return IntStream.range(0, element.getAttributes().getLength())
                .mapToObj(number -> (Attr) element.getAttributes().item(number));
    }

    private static String label(Element element) {
        Node node = element;
        while (node instanceof Element inner && inner.getAttribute("id").isEmpty()) {
            node = node.getParentNode();
        }
        return node instanceof Element found
                ? "“" + found.getAttribute("name") + "” (" + found.getAttribute("id") + ")"
                : "the diagram";
    }
}
