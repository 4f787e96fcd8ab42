/** Several nodes of the product over one database: they start one after the other, and tell the proxy in front how they are. */
@NullMarked
package org.billingtakeover.nodes;

import org.jspecify.annotations.NullMarked;
