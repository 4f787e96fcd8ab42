/** The trail in PostgreSQL. */
@NullMarked
package org.billingtakeover.audit.jdbc;

import org.jspecify.annotations.NullMarked;
