package org.billingtakeover.notification;

import java.util.Map;
import java.util.UUID;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Subject;
import org.jspecify.annotations.Nullable;

/**
 * A mail before it is worded.
 *
 * @param party whether it goes to the firm or to the client
 * @param language the language of the recipient's choice
 * @param frenchFirst whether a mail in English must give its French version first, as to a client in Québec
 * @param facts what the template may say: texts, {@code Money}, {@code LocalDate}, whole numbers, yes or no
 * @param consentRequest the request whose link the mail carries; null for a mail without one
 */
public record Letter(
        MailKind kind,
        Subject about,
        Payer party,
        String name,
        String email,
        Language language,
        boolean frenchFirst,
        Map<String, Object> facts,
        @Nullable UUID consentRequest) {}
