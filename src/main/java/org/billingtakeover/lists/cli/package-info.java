/** The import of account lists from the command line, for lists that a machine exports every night. Whoever starts the product may see it. */
@NamedInterface("cli")
@NullMarked
package org.billingtakeover.lists.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
