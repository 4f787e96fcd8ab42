/** Several nodes of the product over one database: they start one after the other. */
@NullMarked
package org.billingtakeover.nodes;

import org.jspecify.annotations.NullMarked;
