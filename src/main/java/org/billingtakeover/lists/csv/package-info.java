/** Account lists as spreadsheets and booking programs export them: text with separators, in French or English. */
@NullMarked
package org.billingtakeover.lists.csv;

import org.jspecify.annotations.NullMarked;
