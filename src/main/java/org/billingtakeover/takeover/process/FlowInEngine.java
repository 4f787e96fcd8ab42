package org.billingtakeover.takeover.process;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.billingtakeover.takeover.ClockMoved;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Fits the engine to the product: firms as tenants, guarded completion of tasks, forms in the language of whoever reads, and the product's clock. */
@Component
class FlowInEngine extends AbstractProcessEnginePlugin {

    private final MessageSource messages;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final ObjectProvider<ShowInForm> forms;
    private final ApplicationContext context;

    FlowInEngine(
            MessageSource messages,
            ApplicationEventPublisher events,
            Clock clock,
            ObjectProvider<ShowInForm> forms,
            ApplicationContext context) {
        this.context = context;
        this.forms = forms;
        this.messages = messages;
        this.events = events;
        this.clock = clock;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        GuardedTasks guard = new GuardedTasks(messages, events);
        configuration.setExpressionManager(new Expressions(context));
        configuration.setTaskService(new GuardedTaskService(guard));
        configuration.setFormService(new GuardedFormService(guard, forms));
        configuration.setTenantIdProvider(new TenantOfFirm());
        // An error that no diagram catches would end a case in silence.
        configuration.setEnableExceptionsAfterUnhandledBpmnError(true);
        configuration.setHistoryEventProducer(new HistoryOfTimers());
        configuration.setEnableDefaultDbHistoryEventHandler(false);
        List<HistoryEventHandler> handlers = new ArrayList<>(List.of(new EngineHistory()));
        handlers.addAll(configuration.getCustomHistoryEventHandlers());
        configuration.setCustomHistoryEventHandlers(handlers);
        configuration.setCustomSessionFactories(SparingManagers.factories(configuration));
        // KnownDeployments says which.
        configuration.setJobExecutorDeploymentAware(true);
        ClockUtil.offset(clock.millis() - System.currentTimeMillis());
    }

    @EventListener
    void on(ClockMoved moved) {
        ClockUtil.offset(moved.ahead().toMillis());
    }
}
