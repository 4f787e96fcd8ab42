/** The client's page behind a mailed link: who reads it needs no account, and only the link's own question is answered by it. */
@NullMarked
package org.billingtakeover.confirmation;

import org.jspecify.annotations.NullMarked;
