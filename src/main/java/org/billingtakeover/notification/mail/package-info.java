/** Words mails from the templates that a process owner edits, hands them to the mail server, and keeps the record in PostgreSQL. */
@NullMarked
package org.billingtakeover.notification.mail;

import org.jspecify.annotations.NullMarked;
