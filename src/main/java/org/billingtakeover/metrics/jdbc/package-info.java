/** Counts in the product's tables and in the engine's history. */
@NullMarked
package org.billingtakeover.metrics.jdbc;

import org.jspecify.annotations.NullMarked;
