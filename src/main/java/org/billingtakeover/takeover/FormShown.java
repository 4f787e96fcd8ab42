package org.billingtakeover.takeover;

import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Subject;

/**
 * Somebody sends the form of a task, which was open to them in this language; told within the transaction that completes the task.
 *
 * @param actor who had the form open
 * @param task the id of the step in the diagram
 */
public record FormShown(Subject about, String actor, String task, Language language) {}
