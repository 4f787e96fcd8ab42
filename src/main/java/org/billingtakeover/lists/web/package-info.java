/** The page on which an office imports its account list. */
@NullMarked
package org.billingtakeover.lists.web;

import org.jspecify.annotations.NullMarked;
