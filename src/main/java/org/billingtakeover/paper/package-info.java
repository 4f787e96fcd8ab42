/** What is printed: a page as a file that needs nothing but itself to be read in twenty years. */
@NullMarked
package org.billingtakeover.paper;

import org.jspecify.annotations.NullMarked;
