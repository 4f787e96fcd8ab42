/** How often something may come from one source, and how much at once. */
@NullMarked
package org.billingtakeover.limits;

import org.jspecify.annotations.NullMarked;
