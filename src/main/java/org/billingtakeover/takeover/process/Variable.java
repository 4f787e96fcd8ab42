package org.billingtakeover.takeover.process;

import java.util.Optional;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.engine.variable.value.TypedValue;

/** A process variable with its type; the only place where variables are read and written. */
record Variable<T>(String name, Class<T> type) {

    /** @throws IllegalStateException if it is not set or of another type */
    T in(VariableScope scope) {
        return find(scope).orElseThrow(() -> new IllegalStateException("Process variable " + name + " is not set."));
    }

    /** @throws IllegalStateException if it is of another type */
    Optional<T> find(VariableScope scope) {
        Object value = scope.getVariable(name);
        if (value != null && !type.isInstance(value)) {
            throw new IllegalStateException("Process variable " + name + " is not a " + type.getSimpleName() + ".");
        }
        return Optional.ofNullable(type.cast(value));
    }

    /**
     * Sets it for what reads it before the process next waits: nothing is written to the database, and nothing need be taken out of it. One
     * that a process of before has stored stays stored, since the engine refuses anything else.
     */
    void pass(VariableScope scope, T value) {
        TypedValue known = scope.getVariableTyped(name, false);
        boolean isStored = known != null && !known.isTransient();
        scope.setVariable(name, Variables.untypedValue(value, !isStored));
    }

    void set(VariableScope scope, T value) {
        scope.setVariable(name, value);
    }
}
