/** What the product's tables say of people. */
@NullMarked
package org.billingtakeover.retention.jdbc;

import org.jspecify.annotations.NullMarked;
