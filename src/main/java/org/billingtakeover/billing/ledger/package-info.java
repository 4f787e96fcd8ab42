/** The billing platform that the product brings with it: a ledger of who pays for what on which days. */
@NullMarked
package org.billingtakeover.billing.ledger;

import org.jspecify.annotations.NullMarked;
