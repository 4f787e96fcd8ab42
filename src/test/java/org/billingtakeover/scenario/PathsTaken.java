package org.billingtakeover.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

    private static final Pattern PATH = Pattern.compile("([a-z-]+): (\\w+) -> (\\w+) \\((\\w+)\\)");
    private static final Set<String> DRAWN = new ConcurrentSkipListSet<>();
    private static final Set<String> TAKEN = new ConcurrentSkipListSet<>();

    /** Of this product alone: another product of the JVM numbers its cases alike. */
    private final Map<String, Set<String>> byCase = new ConcurrentHashMap<>();

    static Set<String> never() {
        Set<String> never = new TreeSet<>(DRAWN);
        never.removeAll(TAKEN);
        never.removeIf(path -> !isOfToday(path));
        return never;
    }

    /** A story that begins on diagrams of an earlier version does not walk through all of them. */
    private static boolean isOfToday(String path) {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            throw new IllegalStateException(path);
        }
        Path diagram = Path.of("processes", parts.group(1) + ".bpmn");
        try {
            String drawn = Files.exists(diagram) ? Files.readString(diagram) : "";
            return drawn.contains("id=\"" + parts.group(3) + "\"")
                    && Pattern.compile("id=\"" + parts.group(4) + "\"[^>]*sourceRef=\"" + parts.group(2) + "\"")
                            .matcher(drawn)
                            .find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ids of the paths that each case has taken, where the transaction was kept. */
    Map<String, Set<String>> byCase() {
        return byCase;
    }

    static int drawn() {
        return DRAWN.size();
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
                }
            });
        }
    }
}
