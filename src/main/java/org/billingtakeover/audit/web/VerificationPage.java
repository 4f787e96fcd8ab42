package org.billingtakeover.audit.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.billingtakeover.audit.VerificationRuns.Run;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.trail.Fact;
import org.billingtakeover.trail.Seals;
import org.billingtakeover.verifier.Finding;
import org.billingtakeover.verifier.NotedSeal;
import org.billingtakeover.verifier.Report;
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
        Run run = verifications.last().orElse(null);
        model.addAttribute("run", run);
        model.addAttribute("newest", seals.newest().orElse(null));
        model.addAttribute("seal", seal);
        model.addAttribute("compared", seal == null || seal.isBlank() ? null : compare(seal));
        Report report = run == null ? null : run.report();
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
        return NotedSeal.read(noted)
                .map(seal -> seals.numbered(seal.number())
                        .map(kept -> kept.hex().equals(seal.hash()) ? Compared.SAME : Compared.DIFFERENT)
                        .orElse(Compared.UNKNOWN))
                .orElse(Compared.MISREAD);
    }

    private String sentence(Finding finding, Locale locale) {
        String about = finding.about().equals(Fact.PRODUCT)
                ? messages.getMessage("audit.product", null, locale)
                : finding.about();
        return messages.getMessage(
                "verifier.found." + finding.kind(), new Object[] {about, finding.from(), finding.to()}, locale);
    }
}
