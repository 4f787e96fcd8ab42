package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.billingtakeover.account.Account;
import org.billingtakeover.kernel.FirmKey;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.Bounces;
import org.billingtakeover.notification.MailKind;
import org.billingtakeover.notification.MailState;
import org.billingtakeover.notification.Mails.SentMail;
import org.billingtakeover.takeover.Outcome;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What becomes of the mails of a case. */
@ScenarioTest
@DisplayName("Mails")
class MailScenarios extends Story {

    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 15);

    @Autowired
    Bounces bounces;

    @Test
    @DisplayName(
            "S109 a mail bounces after it was accepted: a task, the case says so, and another mail to the corrected address")
    void bounces() {
        AccountLine line = AccountLine.split();
        Account account = world.imports(firm, line);
        String key = world.asked(account);
        MimeMessage accepted = received(line.email()).get(0);
        assertThat(world.happened(key)).doesNotContain("MAIL_UNDELIVERABLE");

        assertThat(bounces.take(report(accepted))).isTrue();
        assertThat(bounces.take(report(accepted))).isTrue();

        assertThat(world.happened(key)).containsOnlyOnce("MAIL_UNDELIVERABLE");
        assertThat(world.shownBy(key, "UserTask_ResolveUndeliverableMail", "mail")
                        .toString())
                .contains(line.email(), "came back");
        String corrected = "corrected-" + line.email();
        world.completes(
                "olivia",
                key,
                "UserTask_ResolveUndeliverableMail",
                Map.of("resolution", "retry", "correctedEmail", corrected));
        world.runDue();

        assertThat(messageId(received(corrected).get(0))).isNotEqualTo(messageId(accepted));
        assertThat(received(line.email())).hasSize(1);
        assertThat(world.mails.of(new TakeoverKey(key)))
                .extracting(SentMail::kind, SentMail::state)
                .containsExactly(
                        tuple(MailKind.CONSENT_REQUEST, MailState.BOUNCED),
                        tuple(MailKind.CONSENT_REQUEST, MailState.SENT));
        world.clientAnswers(key, true);
    }

    @Test
    @DisplayName(
            "S78 S109 a mail about the payout of a quarter bounces: a task that names the firm, of no client and no case")
    void payoutBounces() {
        world.imports(
                firm,
                AccountLine.split().stoppingOn(LocalDate.of(2026, 12, 31)).with("Time commissions not paid", "300.00"));
        world.timePassesTo(LocalDate.of(2026, 4, 2));
        FirmKey key = new FirmKey(firm.id());
        MimeMessage paid = received(firm.email()).stream()
                .filter(mail -> World.subject(mail).equals("Commissions paid: $300.00"))
                .findFirst()
                .orElseThrow();

        assertThat(bounces.take(report(paid))).isTrue();

        assertThat(world.shownBy(key.text(), "UserTask_ResolveUndeliverableMail", "mail")
                        .toString())
                .contains("The firm itself", firm.email(), "Commission paid");
        world.completes("olivia", key.text(), "UserTask_ResolveUndeliverableMail", Map.of("resolution", "giveUp"));
        assertThat(world.mails.of(key)).extracting(SentMail::kind).contains(MailKind.COMMISSION_PAID);
    }

    @Test
    @DisplayName("Mails leave after a billing date's switches and never before them")
    void afterTheSwitches() {
        AccountLine first = AccountLine.split();
        AccountLine second = AccountLine.split();
        List<String> keys =
                List.of(world.confirmed(world.imports(firm, first)), world.confirmed(world.imports(firm, second)));
        world.serverIsDownUntil(BILLING_DATE.atTime(12, 0).atZone(World.TORONTO).toInstant());
        String waiting = world.opened(world.imports(firm, AccountLine.split()));
        world.reviews(waiting, world.takesOver(waiting));
        long before = world.mailServer.getReceivedMessages().length;

        world.outbox.drain();
        assertThat(world.mailServer.getReceivedMessages()).hasSize((int) before);
        world.runDue();

        assertThat(keys).allMatch(key -> world.takeover(key).outcome() == Outcome.FIRM_PAYS_ALL);
        assertThat(world.mailKindsOf(waiting)).containsExactly("CONSENT_REQUEST to CLIENT");
    }

    @Test
    @DisplayName("A mail starts a process only if it did not reach its recipient")
    void noProcessForEachMail() {
        String key = world.confirmed(world.imports(firm, AccountLine.split()));

        assertThat(world.mailKindsOf(key)).hasSizeGreaterThan(1);
        assertThat(world.history
                        .createHistoricProcessInstanceQuery()
                        .processInstanceBusinessKey(key)
                        .processDefinitionKey("deliver-mail")
                        .count())
                .isZero();
    }

    @Test
    @DisplayName("One admin of two companies can tell their mails apart, and answers the firm")
    void oneAdminOfTwoCompanies() throws Exception {
        AccountLine one = AccountLine.split();
        AccountLine other = AccountLine.split().with("Admin email", one.email());
        Account first = world.imports(firm, one);
        Account second = world.imports(firm, other);
        world.asked(first);
        world.asked(second);

        List<String> subjects = world.subjectsTo(one.email());
        assertThat(subjects).hasSize(2).doesNotHaveDuplicates();
        assertThat(subjects.get(0)).startsWith(first.client().name());
        assertThat(subjects.get(1)).startsWith(second.client().name());
        assertThat(world.textsTo(one.email()).get(0)).contains(first.client().name());
        assertThat(received(one.email()).get(0).getHeader("Reply-To", ",")).contains(firm.name(), firm.email());
    }

    private List<MimeMessage> received(String email) {
        return Arrays.stream(world.mailServer.getReceivedMessages())
                .filter(mail -> to(mail).contains(email))
                .filter(mail -> !email.startsWith("corrected-") || to(mail).contains("corrected-"))
                .filter(mail -> email.startsWith("corrected-") || !to(mail).contains("corrected-"))
                .toList();
    }

    private static String to(MimeMessage mail) {
        try {
            return mail.getHeader("To", ",");
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static String messageId(MimeMessage mail) {
        try {
            return mail.getMessageID();
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static ByteArrayInputStream report(MimeMessage mail) {
        String report = """
                Content-Type: multipart/report; report-type=delivery-status; boundary=x

                --x
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example

                Final-Recipient: rfc822; somebody@example.com
                Action: failed
                Status: 5.1.1

                --x
                Content-Type: text/rfc822-headers

                Message-ID: %s

                --x--
                """.formatted(messageId(mail));
        return new ByteArrayInputStream(report.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
    }
}
