/** A log that only grows: entries chained case by case, sealed together, and verified. */
@NullMarked
package org.billingtakeover.trail;

import org.jspecify.annotations.NullMarked;
