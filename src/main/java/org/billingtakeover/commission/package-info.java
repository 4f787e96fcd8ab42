/** The revenue share that a firm earns on what its clients pay themselves, and its payment. */
@NullMarked
package org.billingtakeover.commission;

import org.jspecify.annotations.NullMarked;
