package org.billingtakeover.demo;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.util.Collections;

/** What a recipient's server sends back that has accepted a mail and cannot deliver it after all (RFC 3464). */
final class DeliveryReport {

    private DeliveryReport() {}

    static byte[] on(MimeMessage mail) throws MessagingException {
        String headers = String.join("\r\n", Collections.list(mail.getAllHeaderLines()));
        return """
                From: Mail delivery <mailer-daemon@mailbox.example>
                Subject: Undeliverable
                Auto-Submitted: auto-replied
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary="parts-of-the-report"

                --parts-of-the-report
                Content-Type: text/plain

                The mailbox does not exist any more.

                --parts-of-the-report
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mailbox.example

                Final-Recipient: rfc822; %s
                Action: failed
                Status: 5.1.1

                --parts-of-the-report
                Content-Type: text/rfc822-headers

                %s

                --parts-of-the-report--
                """.replace("\n", "\r\n")
                .formatted(mail.getHeader("To", ","), headers)
                .getBytes(StandardCharsets.UTF_8);
    }
}
