package org.billingtakeover.takeover;

import java.util.Map;

/**
 * Somebody sends the form of a task to complete it; told within the transaction that does so.
 *
 * @param task the task's number in the engine
 * @param choices what was chosen or came with the form, by the names of the fields
 * @param words what somebody typed, which may speak of people
 */
public record FormSent(String task, Map<String, Object> choices, Map<String, String> words) {

    /** Shows in no log. */
    @Override
    public String toString() {
        return "form of task " + task;
    }
}
