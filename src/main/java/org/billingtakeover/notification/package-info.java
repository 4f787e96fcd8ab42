/** Mails: their templates, their sending, and the record of what was sent to whom in which language. */
@NullMarked
package org.billingtakeover.notification;

import org.jspecify.annotations.NullMarked;
