/** The pages of the platform's bills. */
@NullMarked
package org.billingtakeover.billing.web;

import org.jspecify.annotations.NullMarked;
