/** What happened in every case, kept so that an auditor can read it whole and prove that nobody changed it. */
@NullMarked
package org.billingtakeover.audit;

import org.jspecify.annotations.NullMarked;
