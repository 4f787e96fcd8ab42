package org.billingtakeover.picture;

import java.util.List;
import java.util.Optional;
import org.billingtakeover.kernel.Language;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The diagrams that a case ran through, in the versions on which it ran, with the path that it took. */
@Component
public class CaseDiagrams {

    private final RepositoryService repository;

    CaseDiagrams(RepositoryService repository) {
        this.repository = repository;
    }

    /**
     * @param process id of the diagram
     * @param version of the diagram, as the engine counts
     * @param name of the process, in the words of the language that was asked for
     * @param model likewise; null where this version is no longer deployed
     */
    public record CaseDiagram(
            String process,
            int version,
            String name,
            @Nullable BpmnModelInstance model,
            Walk walk) {

        /** @param title says what is seen to who cannot see it */
        public Optional<String> draw(String title) {
            return Optional.ofNullable(model).map(diagram -> DiagramPicture.draw(diagram, walk, title));
        }
    }

    /** A version of a diagram on which a case ran. */
    public record Ran(String process, int version, Walk walk) {}

    /** As they were deployed, in the words that they have in this language. */
    public List<CaseDiagram> of(List<Ran> ran, Language language) {
        return ran.stream().map(diagram -> diagram(diagram, language)).toList();
    }

    private CaseDiagram diagram(Ran diagram, Language language) {
        ProcessDefinition definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(diagram.process)
                .processDefinitionVersion(diagram.version)
                .singleResult();
        if (definition == null) {
            return new CaseDiagram(diagram.process, diagram.version, diagram.process, null, diagram.walk);
        }
        BpmnModelInstance model = DiagramWords.in(language, repository.getBpmnModelInstance(definition.getId()));
        Process process = model.getModelElementById(diagram.process);
        String name = process.getName() == null ? diagram.process : process.getName();
        return new CaseDiagram(diagram.process, diagram.version, name, model, diagram.walk);
    }
}
