/** The case that carries one client from a split arrangement to one payer: open, decide, confirm, withdraw, settle. */
@NullMarked
package org.billingtakeover.takeover;

import org.jspecify.annotations.NullMarked;
