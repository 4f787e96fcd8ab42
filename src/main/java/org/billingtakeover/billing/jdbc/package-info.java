/** What cases want booked, in PostgreSQL. */
@NullMarked
package org.billingtakeover.billing.jdbc;

import org.jspecify.annotations.NullMarked;
