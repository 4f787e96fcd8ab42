/** What an office exported: read line by line, compared with what is known, and taken over. */
@NullMarked
package org.billingtakeover.lists;

import org.jspecify.annotations.NullMarked;
