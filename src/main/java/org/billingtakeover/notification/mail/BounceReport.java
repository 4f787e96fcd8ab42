package org.billingtakeover.notification.mail;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.internet.ContentType;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.ParseException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A report that a mail could not be delivered (RFC 3462 and 3464). What servers write there differs, and anybody can write to the return
 * address: what is not understood is no report.
 *
 * @param messageId as the mail's own header says, with its brackets
 */
record BounceReport(String messageId) {

    private static final int MOST_PARTS = 10;

    static Optional<BounceReport> in(MimeMessage mail) {
        try {
            if (!mail.isMimeType("multipart/report") || !(mail.getContent() instanceof Multipart parts)) {
                return Optional.empty();
            }
            String returned = null;
            String envelope = null;
            boolean failed = false;
            for (int i = 0; i < Math.min(parts.getCount(), MOST_PARTS); i++) {
                BodyPart part = parts.getBodyPart(i);
                switch (typeOf(part)) {
                    case "message/delivery-status", "message/global-delivery-status" -> {
                        for (InternetHeaders group : groups(part.getInputStream())) {
                            failed |= says(group, "Action").startsWith("failed");
                            envelope = envelope == null ? group.getHeader("Original-Envelope-Id", null) : envelope;
                        }
                    }
                    case "text/rfc822-headers", "message/rfc822", "message/global", "message/global-headers" ->
                        returned = new InternetHeaders(part.getInputStream(), true).getHeader("Message-ID", null);
                    default -> {}
                }
            }
            return failed ? messageId(returned, envelope).map(BounceReport::new) : Optional.empty();
        } catch (MessagingException | IOException | ClassCastException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> messageId(@Nullable String returned, @Nullable String envelope) {
        return returned != null
                ? Optional.of(returned.strip())
                : Optional.ofNullable(envelope).map(id -> "<" + id.strip() + ">");
    }

    private static String typeOf(BodyPart part) throws MessagingException {
        try {
            return new ContentType(part.getContentType()).getBaseType().toLowerCase(Locale.ROOT);
        } catch (ParseException e) {
            return "";
        }
    }

    private static String says(InternetHeaders group, String field) {
        String value = group.getHeader(field, null);
        return value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
    }

    /** One of the whole report and one of each recipient, blank lines between them. */
    private static List<InternetHeaders> groups(InputStream content) throws IOException {
        List<InternetHeaders> groups = new ArrayList<>();
        groups.add(new InternetHeaders());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isBlank()) {
                    groups.add(new InternetHeaders());
                } else {
                    groups.get(groups.size() - 1).addHeaderLine(line);
                }
            }
        }
        return groups;
    }
}
