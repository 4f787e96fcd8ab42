/** A log that only grows: entries in chains, all chains sealed together. Sees bytes, and knows nobody. */
@NullMarked
package org.billingtakeover.trail;

import org.jspecify.annotations.NullMarked;
