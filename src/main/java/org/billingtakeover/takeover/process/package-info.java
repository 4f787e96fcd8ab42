/** The flow's side of a case: the contract with the diagrams, the steps that the diagrams call, and the one class that starts and correlates. */
@NullMarked
package org.billingtakeover.takeover.process;

import org.jspecify.annotations.NullMarked;
