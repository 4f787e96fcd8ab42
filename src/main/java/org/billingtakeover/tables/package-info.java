/** Asks the tables that process owners edit: prices, taxes, deadlines and eligibility. */
@NullMarked
package org.billingtakeover.tables;

import org.jspecify.annotations.NullMarked;
