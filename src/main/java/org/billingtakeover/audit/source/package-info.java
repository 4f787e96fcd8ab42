/** Where facts come from: the business and the engine. */
@NullMarked
package org.billingtakeover.audit.source;

import org.jspecify.annotations.NullMarked;
