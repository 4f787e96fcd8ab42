package org.billingtakeover.audit.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.billingtakeover.audit.web.Verifications.Run;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.trail.Fact;
import org.billingtakeover.trail.Finding;
import org.billingtakeover.trail.Seals;
import org.billingtakeover.trail.VerifyTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Verifies the whole trail, and compares a seal that an auditor noted down earlier. */
@Controller
@RequestMapping(VerificationPage.PATH)
class VerificationPage {

    static final String PATH = "/audit/verification";

    /** As the log and this page write a seal. */
    private static final Pattern NOTED = Pattern.compile("\\s*(\\d{1,9})\\s*:\\s*((?:[0-9a-f]\\s*){64})");

    private static final int MOST_SHOWN = 200;

    private final Verifications verifications;
    private final Seals seals;
    private final MessageSource messages;

    VerificationPage(Verifications verifications, Seals seals, MessageSource messages) {
        this.verifications = verifications;
        this.seals = seals;
        this.messages = messages;
    }

    /** What a noted seal is. */
    enum Compared {
        SAME,
        DIFFERENT,
        /** The trail has no seal of this number. */
        UNKNOWN,
        /** What was entered is no seal. */
        MISREAD
    }

    @GetMapping
    String show(
            @AuthenticationPrincipal StaffMember staff,
            @RequestParam(required = false) @Nullable String seal,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        Auditors.only(staff);
        Run run = verifications.last();
        model.addAttribute("run", run);
        model.addAttribute("newest", seals.newest().orElse(null));
        model.addAttribute("seal", seal);
        model.addAttribute("compared", seal == null || seal.isBlank() ? null : compare(seal));
        VerifyTrail.Report report = run == null ? null : run.report();
        model.addAttribute("report", report);
        if (report != null) {
            model.addAttribute(
                    "findings",
                    report.findings().stream()
                            .limit(MOST_SHOWN)
                            .map(finding -> sentence(finding, locale))
                            .toList());
        }
        if (run != null && !run.isOver()) {
            // Works without a script. Seconds.
            response.setHeader("Refresh", "1");
        }
        return "audit/verification";
    }

    @PostMapping
    String start(@AuthenticationPrincipal StaffMember staff) {
        Auditors.only(staff);
        verifications.start(staff.id());
        return "redirect:" + PATH;
    }

    private Compared compare(String noted) {
        Matcher seal = NOTED.matcher(noted.toLowerCase(Locale.ROOT));
        if (!seal.matches()) {
            return Compared.MISREAD;
        }
        String hash = seal.group(2).replaceAll("\\s", "");
        Optional<String> kept = seals.hash(Integer.parseInt(seal.group(1)));
        return kept.map(each -> each.equals(hash) ? Compared.SAME : Compared.DIFFERENT)
                .orElse(Compared.UNKNOWN);
    }

    private String sentence(Finding finding, Locale locale) {
        String about = finding.about().equals(Fact.PRODUCT)
                ? messages.getMessage("audit.product", null, locale)
                : finding.about();
        return messages.getMessage(
                "audit.found." + finding.kind(), new Object[] {about, finding.from(), finding.to()}, locale);
    }
}
