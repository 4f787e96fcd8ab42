package org.billingtakeover.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.pvm.delegate.ActivityBehavior;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * All that the code knows of the files.
 *
 * @param beans the steps and listeners that a diagram may name, with what each is
 */
record CodeContract(Map<String, Class<?>> beans, Contract.Flow flow, Contract.Groups groups, Contract.Tables tables) {

    /** Our own steps are behaviours; to a diagram both are what a task does. */
    private static final Map<Class<?>, Class<?>> KINDS = kinds();

    private static final Pattern NAME_IN_DIAGRAM = Pattern.compile("[a-z][A-Za-z]*");

    /** Makes no step: which there are is known before the engine is, on which they depend. */
    static CodeContract of(ListableBeanFactory product) {
        Map<String, Class<?>> beans = new TreeMap<>();
        KINDS.forEach((type, kind) -> {
            for (String name : product.getBeanNamesForType(type, true, false)) {
                if (NAME_IN_DIAGRAM.matcher(name).matches()) {
                    beans.put(name, kind);
                }
            }
        });
        return new CodeContract(
                beans,
                product.getBean(Contract.Flow.class),
                product.getBean(Contract.Groups.class),
                product.getBean(Contract.Tables.class));
    }

    private static Map<Class<?>, Class<?>> kinds() {
        Map<Class<?>, Class<?>> kinds = new LinkedHashMap<>();
        kinds.put(JavaDelegate.class, JavaDelegate.class);
        kinds.put(ActivityBehavior.class, JavaDelegate.class);
        kinds.put(ExecutionListener.class, ExecutionListener.class);
        kinds.put(TaskListener.class, TaskListener.class);
        return kinds;
    }
}
