/** The page of figures. */
@NullMarked
package org.billingtakeover.metrics.web;

import org.jspecify.annotations.NullMarked;
