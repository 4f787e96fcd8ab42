package org.billingtakeover.takeover.process;

import java.util.Map;
import org.camunda.bpm.engine.impl.el.ReadOnlyMapELResolver;
import org.camunda.bpm.engine.spring.SpringExpressionManager;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.springframework.context.ApplicationContext;

/**
 * Expressions of diagrams, in which {@code language} is that of whoever reads: forms are named by it. It is known before any variable is
 * looked for, which would be four statements for each task of a list.
 */
final class Expressions extends SpringExpressionManager {

    private static final Object READERS_LANGUAGE = new Object() {
        @Override
        public String toString() {
            return Reader.language().code();
        }
    };

    Expressions(ApplicationContext context) {
        super(context);
    }

    @Override
    protected ELResolver createElResolver() {
        CompositeELResolver all = new CompositeELResolver();
        all.add(new ReadOnlyMapELResolver(Map.of("language", READERS_LANGUAGE)));
        all.add(super.createElResolver());
        return all;
    }
}
