/** Storage of cases in PostgreSQL. */
@NullMarked
package org.billingtakeover.takeover.jdbc;

import org.jspecify.annotations.NullMarked;
