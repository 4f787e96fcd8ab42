/** How long the product keeps what it knows of people, and how it forgets. */
@NullMarked
package org.billingtakeover.retention;

import org.jspecify.annotations.NullMarked;
