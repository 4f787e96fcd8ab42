/** The same figures for Prometheus, where that is switched on. */
@NullMarked
package org.billingtakeover.metrics.prometheus;

import org.jspecify.annotations.NullMarked;
