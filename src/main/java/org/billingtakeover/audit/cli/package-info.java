/** The trail from the command line. Whoever starts the product may see it. */
@NamedInterface("cli")
@NullMarked
package org.billingtakeover.audit.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
