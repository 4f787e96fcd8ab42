/** Billing dates, the change of payer at one of them, and the platform that carries it out. */
@NullMarked
package org.billingtakeover.billing;

import org.jspecify.annotations.NullMarked;
