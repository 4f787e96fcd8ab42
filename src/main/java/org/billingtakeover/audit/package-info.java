/** What goes into the trail of a case, in which words, and the story that its entries tell to an auditor. */
@NullMarked
package org.billingtakeover.audit;

import org.jspecify.annotations.NullMarked;
