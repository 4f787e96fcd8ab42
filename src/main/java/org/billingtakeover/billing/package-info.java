/** Billing dates, the change of payer at one of them, the integration that stops or restarts, and the platform that carries them out. */
@NullMarked
package org.billingtakeover.billing;

import org.jspecify.annotations.NullMarked;
