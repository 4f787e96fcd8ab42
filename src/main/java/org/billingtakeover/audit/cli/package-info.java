/** The trail from the command line. */
@NullMarked
package org.billingtakeover.audit.cli;

import org.jspecify.annotations.NullMarked;
