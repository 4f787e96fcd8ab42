package org.billingtakeover.picture;

import java.util.Optional;
import org.billingtakeover.kernel.Language;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.TextAnnotation;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperties;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaProperty;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/**
 * The words of a diagram in another language than its own: whatever it names may have an extension property that is called like a
 * language ({@code fr}) and holds the name in it.
 */
public final class DiagramWords {

    private DiagramWords() {}

    /** The diagram with the names that it has in this language; what has none keeps its own. */
    public static BpmnModelInstance in(Language language, BpmnModelInstance diagram) {
        // The engine hands out one and the same to everybody.
        BpmnModelInstance worded = diagram.clone();
        for (CamundaProperty property : worded.getModelElementsByType(CamundaProperty.class)) {
            if (language.code().equals(property.getCamundaName())) {
                ModelElementInstance extensions = property.getParentElement().getParentElement();
                name(extensions.getParentElement(), property.getCamundaValue());
            }
        }
        return worded;
    }

    /** What this language calls an element; empty where its diagram does not say. */
    public static Optional<String> of(BaseElement element, Language language) {
        return Optional.ofNullable(element.getExtensionElements()).stream()
                .flatMap(extensions ->
                        extensions.getElementsQuery().filterByType(CamundaProperties.class).list().stream())
                .flatMap(properties -> properties.getCamundaProperties().stream())
                .filter(property -> language.code().equals(property.getCamundaName()))
                .map(CamundaProperty::getCamundaValue)
                .filter(name -> !name.isBlank())
                .findFirst();
    }

    private static void name(ModelElementInstance element, String name) {
        if (element instanceof TextAnnotation annotation) {
            annotation.getText().setTextContent(name);
        } else {
            element.setAttributeValue("name", name);
        }
    }
}
