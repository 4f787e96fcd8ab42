/** The diagrams, tables and forms that owners edit, and what has to hold before they come into force. */
@NullMarked
package org.billingtakeover.model;

import org.jspecify.annotations.NullMarked;
