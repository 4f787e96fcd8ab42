package org.billingtakeover.nodes.process;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.billingtakeover.model.NamedByDiagram;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Which deployments this node executes the jobs of: each one, of whatever version, of which every step and form exists here. While nodes
 * of two versions run, a case on a new diagram waits for a node that knows it, and those on old diagrams go on at any.
 */
@Component
class KnownDeployments {

    private static final Logger LOG = LoggerFactory.getLogger(KnownDeployments.class);

    private final RepositoryService repository;
    private final ManagementService management;
    private final ApplicationContext context;
    private final Set<String> judged = new HashSet<>();

    KnownDeployments(RepositoryService repository, ManagementService management, ApplicationContext context) {
        this.repository = repository;
        this.management = management;
        this.context = context;
    }

    /** Also finds what another node has deployed meanwhile. */
    @EventListener(ApplicationStartedEvent.class)
    @Scheduled(fixedDelayString = "${back-office.deployments.looked-for-every}")
    synchronized void register() {
        for (Deployment each : repository.createDeploymentQuery().list()) {
            if (judged.add(each.getId())) {
                register(each);
            }
        }
    }

    private void register(Deployment deployment) {
        Set<String> missing = missing(deployment);
        if (missing.isEmpty()) {
            management.registerDeploymentForJobExecutor(deployment.getId());
        } else {
            LOG.warn(
                    "Cases on the diagrams deployed at {} wait for a node of another version: here is no {}",
                    deployment.getDeploymentTime().toInstant(),
                    String.join(", ", missing));
        }
    }

    private Set<String> missing(Deployment deployment) {
        Set<String> missing = new TreeSet<>();
        List<String> files = repository.getDeploymentResourceNames(deployment.getId());
        for (ProcessDefinition definition : repository
                .createProcessDefinitionQuery()
                .deploymentId(deployment.getId())
                .list()) {
            BpmnModelInstance diagram = repository.getBpmnModelInstance(definition.getId());
            NamedByDiagram.code(diagram).stream()
                    .filter(step -> !context.containsBean(step))
                    .forEach(missing::add);
            NamedByDiagram.formFiles(diagram).stream()
                    .filter(file -> !files.contains(file))
                    .forEach(missing::add);
        }
        return missing;
    }
}
