/** What every room speaks: money, languages, who pays for which product, and who is signed in. */
@NullMarked
package org.billingtakeover.kernel;

import org.jspecify.annotations.NullMarked;
