/** Commission entries and payouts in PostgreSQL. */
@NullMarked
package org.billingtakeover.commission.jdbc;

import org.jspecify.annotations.NullMarked;
