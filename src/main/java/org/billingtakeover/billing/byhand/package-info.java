/** The firm makes its changes itself, in its accountant product, and proves them. */
@NullMarked
package org.billingtakeover.billing.byhand;

import org.jspecify.annotations.NullMarked;
