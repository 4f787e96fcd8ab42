package org.billingtakeover.audit.source;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.history.handler.HistoryEventHandler;
import org.camunda.bpm.engine.impl.interceptor.Session;
import org.camunda.bpm.engine.impl.interceptor.SessionFactory;
import org.camunda.bpm.engine.impl.persistence.entity.CommentManager;
import org.springframework.stereotype.Component;

/** Listens to the engine's history beside the engine's own tables. */
@Component
class EngineFacts extends AbstractProcessEnginePlugin {

    private final RecordHistory record;

    EngineFacts(Recorder recorder) {
        this.record = new RecordHistory(recorder);
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        List<HistoryEventHandler> handlers = new ArrayList<>(configuration.getCustomHistoryEventHandlers());
        handlers.add(record);
        configuration.setCustomHistoryEventHandlers(handlers);
    }

    @Override
    public void postInit(ProcessEngineConfigurationImpl configuration) {
        configuration.getSessionFactories().put(CommentManager.class, new SessionFactory() {
            @Override
            public Class<?> getSessionType() {
                return CommentManager.class;
            }

            @Override
            public Session openSession() {
                return new RecordedComments(record);
            }
        });
    }
}
