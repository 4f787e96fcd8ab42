/** Proves a trail, in the database or in a file that left it. Knows the trail alone, and is a jar of its own that needs nothing but Java. */
@NullMarked
package org.billingtakeover.verifier;

import org.jspecify.annotations.NullMarked;
