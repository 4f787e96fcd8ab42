package org.billingtakeover.demo;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.billingtakeover.demo.Mailbox.Envelope;
import org.billingtakeover.notification.Bounces;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Shows every mail that the product sent, as its recipient would see it. */
@Controller
@Profile("demo")
@RequestMapping("/demo/mailbox")
class MailboxPage {

    /** A mail shows itself and opens its links beside the mailbox, as mail programs do, and can do nothing else. */
    private static final String ONLY_TO_LOOK_AT = "default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
            + " form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

    private static final String BESIDE = "<head><base target=\"_blank\">";

    private final Mailbox mailbox;
    private final Bounces bounces;

    MailboxPage(Mailbox mailbox, Bounces bounces) {
        this.mailbox = mailbox;
        this.bounces = bounces;
    }

    /** With the newest open: whoever has just caused a mail comes to read that one. */
    @GetMapping
    String newest(@RequestParam(defaultValue = "") String search, Model model) {
        model.addAttribute("home", true);
        mailbox.mails(search).stream().findFirst().ifPresent(newest -> show(newest, model));
        return list(search, model);
    }

    private String list(String search, Model model) {
        model.addAttribute("mails", mailbox.mails(search));
        model.addAttribute("search", search);
        model.addAttribute("mostKept", Mailbox.MOST_KEPT);
        return "demo/mailbox";
    }

    @GetMapping("/{number}")
    String open(@PathVariable long number, @RequestParam(defaultValue = "") String search, Model model) {
        show(mailbox.mail(number).orElseThrow(MailboxPage::gone), model);
        return list(search, model);
    }

    private void show(Envelope mail, Model model) {
        model.addAttribute("open", mail);
        model.addAttribute("hasPage", mailbox.html(mail.number()).isPresent());
        model.addAttribute("text", mailbox.text(mail.number()).orElse(""));
    }

    @GetMapping("/{number}/page")
    ResponseEntity<String> page(@PathVariable long number) {
        return ResponseEntity.ok()
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .header("Content-Security-Policy", ONLY_TO_LOOK_AT)
                .body(mailbox.html(number).orElseThrow(MailboxPage::gone).replaceFirst("<head>", BESIDE));
    }

    /** What the server of its recipient would do days later. */
    @PostMapping("/{number}/bounce")
    String bounce(@PathVariable long number, RedirectAttributes redirect) {
        byte[] report = mailbox.report(number).orElseThrow(MailboxPage::gone);
        redirect.addFlashAttribute("bounced", bounces.take(new ByteArrayInputStream(report)));
        return "redirect:/demo/mailbox/" + number;
    }

    private static ResponseStatusException gone() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
