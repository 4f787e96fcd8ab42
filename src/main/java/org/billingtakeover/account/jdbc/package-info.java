/** Storage of the accounts in PostgreSQL. */
@NullMarked
package org.billingtakeover.account.jdbc;

import org.jspecify.annotations.NullMarked;
