/** The trail on paper and in files that leave the house, and the proof, without the house, that nobody changed them since. */
@NullMarked
package org.billingtakeover.evidence;

import org.jspecify.annotations.NullMarked;
