package org.billingtakeover.notification.mail;

import java.util.List;
import org.billingtakeover.kernel.Language;

/**
 * A letter in words, twice the same: as plain text and as HTML.
 *
 * @param languages in the order of the versions
 */
record WrittenMail(String subject, String text, String html, List<Language> languages) {}
