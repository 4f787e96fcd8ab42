/** Draws diagrams, with the path that a case took on them, so that an auditor sees what happened without reading the trail. */
@NullMarked
package org.billingtakeover.picture;

import org.jspecify.annotations.NullMarked;
