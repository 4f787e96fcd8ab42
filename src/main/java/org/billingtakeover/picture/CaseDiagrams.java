package org.billingtakeover.picture;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.billingtakeover.picture.Walk.How;
import org.billingtakeover.picture.Walk.Step;
import org.billingtakeover.trail.StoredEntry;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
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
     * @param name of the process, as the diagram has it
     * @param model null where this version is no longer deployed
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

    /**
     * @param entries of one case, in their order
     * @return in the order in which the case came to them
     */
    public List<CaseDiagram> of(List<StoredEntry> entries) {
        Walks walks = new Walks();
        entries.forEach(walks::add);
        return walks.walks.keySet().stream()
                .map(diagram -> diagram(diagram, walks.walk(diagram)))
                .toList();
    }

    private CaseDiagram diagram(Version diagram, Walk walk) {
        ProcessDefinition definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey(diagram.process)
                .processDefinitionVersion(diagram.version)
                .singleResult();
        if (definition == null) {
            return new CaseDiagram(diagram.process, diagram.version, diagram.process, null, walk);
        }
        String name = definition.getName() == null ? diagram.process : definition.getName();
        BpmnModelInstance model = repository.getBpmnModelInstance(definition.getId());
        return new CaseDiagram(diagram.process, diagram.version, name, model, walk);
    }

    private record Version(String process, int version) {}

    /** What the entries of a case say of its diagrams. */
    private static final class Walks {

        final Map<Version, List<Step>> walks = new LinkedHashMap<>();
        private final Map<String, Integer> running = new HashMap<>();
        private final Set<Version> movedAway = new HashSet<>();

        void add(StoredEntry entry) {
            JsonNode content = entry.read().path("content");
            switch (entry.what()) {
                case "STEPS" -> content.path("steps").forEach(this::step);
                case "PROCESS_STARTED" -> {
                    steps(version(content));
                    running.merge(version(content).process, 1, Integer::sum);
                }
                case "PROCESS_MOVED" -> moved(version(content));
                case "PROCESS_ENDED" -> running.merge(version(content).process, -1, Integer::sum);
                case "INCIDENT_OPENED" -> everywhere(content, How.FAILED);
                case "INCIDENT_CLOSED" -> everywhere(content, How.RESOLVED);
                default -> {}
            }
        }

        Walk walk(Version diagram) {
            boolean over = running.getOrDefault(diagram.process, 0) <= 0 || movedAway.contains(diagram);
            return new Walk(steps(diagram), over);
        }

        private void step(JsonNode step) {
            How how = How.valueOf(step.path("how").asText().toUpperCase(Locale.ROOT));
            steps(version(step)).add(new Step(step.path("step").asText(), how));
        }

        /** What was walked on another version is shown on both. */
        private void moved(Version to) {
            Optional<Version> from = walks.keySet().stream()
                    .filter(each -> each.process.equals(to.process) && each.version != to.version)
                    .reduce((earlier, later) -> later);
            from.ifPresent(version -> {
                movedAway.add(version);
                movedAway.remove(to);
                List<Step> walked = List.copyOf(steps(version));
                steps(to).addAll(walked);
            });
        }

        /** An incident names its step but not its diagram; ids of steps differ between diagrams. */
        private void everywhere(JsonNode content, How how) {
            Collection<List<Step>> all = walks.values();
            all.forEach(steps -> steps.add(new Step(content.path("step").asText(), how)));
        }

        private List<Step> steps(Version diagram) {
            return walks.computeIfAbsent(diagram, version -> new ArrayList<>());
        }

        private static Version version(JsonNode node) {
            return new Version(
                    node.path("process").asText(), node.path("version").asInt());
        }
    }
}
