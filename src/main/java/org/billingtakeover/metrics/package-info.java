/** How take-overs go: the figures that a process owner reads, on a page and in Prometheus. */
@NullMarked
package org.billingtakeover.metrics;

import org.jspecify.annotations.NullMarked;
