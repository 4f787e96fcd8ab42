/** What a billing change costs whom: the price list, the sales taxes and the quote made of both. */
@NullMarked
package org.billingtakeover.pricing;

import org.jspecify.annotations.NullMarked;
