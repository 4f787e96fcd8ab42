package org.billingtakeover.takeover;

import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Subject;

/**
 * The form of a task was filled with what it shows; whoever opens the task sees it so.
 *
 * @param task the id of the step in the diagram
 * @param language the firm's, in which staff work on its tasks
 */
public record FormMade(Subject about, String task, Language language) {}
