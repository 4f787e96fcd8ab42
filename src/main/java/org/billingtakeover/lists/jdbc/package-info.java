@NullMarked
package org.billingtakeover.lists.jdbc;

import org.jspecify.annotations.NullMarked;
