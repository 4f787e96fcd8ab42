package org.billingtakeover.model;

import java.util.Map;
import java.util.Set;

/** What the code knows of diagrams and tables; each room tells its part. What a file names beyond it, nobody has. */
public final class Contract {

    private Contract() {}

    /**
     * The flow's part.
     *
     * @param variables every process variable with its type
     * @param taskInputs what the form of each user task may send
     * @param handedOut what a called process hands to its caller, by its end event
     */
    public record Flow(
            Map<String, Class<?>> variables,
            Set<String> messages,
            Set<String> errors,
            Map<String, Set<String>> taskInputs,
            Map<String, String> handedOut) {}

    /** The groups that people are in. */
    public record Groups(Set<String> names) {}

    /** The tables that the code asks by itself. */
    public record Tables(Set<String> names) {}
}
