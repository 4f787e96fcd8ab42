/** The pages of what firms earn and are paid. */
@NullMarked
package org.billingtakeover.commission.web;

import org.jspecify.annotations.NullMarked;
