package org.billingtakeover.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.camunda.bpm.engine.impl.pvm.process.ScopeImpl;
import org.camunda.bpm.engine.impl.pvm.process.TransitionImpl;
import org.camunda.bpm.engine.impl.util.xml.Element;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Every path of every diagram that a case has taken while this JVM runs. The engine's history keeps elements but not paths. With
 * every path taken, every element was passed too.
 */
final class PathsTaken extends AbstractProcessEnginePlugin {

    private static final Set<String> DRAWN = new ConcurrentSkipListSet<>();
    private static final Set<String> TAKEN = new ConcurrentSkipListSet<>();

    /** Of this product alone: another product of the JVM numbers its cases alike. */
    private final Map<String, Set<String>> byCase = new ConcurrentHashMap<>();

    private final Set<String> wentOn = ConcurrentHashMap.newKeySet();

    /** The ids of the paths that a case has taken, where the transaction was kept. */
    Set<String> of(String takeover) {
        return byCase.getOrDefault(takeover, Set.of());
    }

    /** The cases that have taken a path since this was asked last. */
    Set<String> wentOn() {
        Set<String> cases = Set.copyOf(wentOn);
        wentOn.removeAll(cases);
        return cases;
    }

    /** Every path of every diagram that was deployed while this JVM runs. */
    static Set<String> drawn() {
        return Set.copyOf(DRAWN);
    }

    /** Those of them that a case has taken. */
    static Set<String> taken() {
        return Set.copyOf(TAKEN);
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        BpmnParseListener listener = new AbstractBpmnParseListener() {
            @Override
            public void parseSequenceFlow(Element element, ScopeImpl scope, TransitionImpl path) {
                String name = ((ProcessDefinitionEntity) scope.getProcessDefinition()).getKey() + ": "
                        + path.getSource().getId() + " -> "
                        + path.getDestination().getId() + " (" + path.getId() + ")";
                DRAWN.add(name);
                path.addListener(ExecutionListener.EVENTNAME_TAKE, (DelegateExecution step) -> {
                    TAKEN.add(name);
                    remember(step.getProcessBusinessKey(), path.getId());
                });
            }
        };
        List<BpmnParseListener> listeners = new ArrayList<>(List.of(listener));
        Stream.ofNullable(configuration.getCustomPostBPMNParseListeners()).forEach(listeners::addAll);
        configuration.setCustomPostBPMNParseListeners(listeners);
    }

    private void remember(@Nullable String takeover, String path) {
        if (takeover != null && TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    byCase.computeIfAbsent(takeover, key -> new ConcurrentSkipListSet<>())
                            .add(path);
                    wentOn.add(takeover);
                }
            });
        }
    }
}
