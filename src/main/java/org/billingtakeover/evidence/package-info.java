/** A case on paper and in files that leave the house. */
@NullMarked
package org.billingtakeover.evidence;

import org.jspecify.annotations.NullMarked;
