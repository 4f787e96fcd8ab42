/** Keeps the log in the product's database. */
@NullMarked
package org.billingtakeover.trail.jdbc;

import org.jspecify.annotations.NullMarked;
