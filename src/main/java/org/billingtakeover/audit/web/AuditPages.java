package org.billingtakeover.audit.web;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.audit.AuditedCases;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.takeover.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Finds cases for auditors. */
@Controller
class AuditPages {

    private static final int PAGE = 50;

    /** Why a case could not begin, as the table of eligibility says. */
    private static final List<String> OBSTACLES = List.of(
            "NOT_SPLIT",
            "ONLINE_NOT_WHOLESALE",
            "NO_PAYMENT_METHOD",
            "FIRM_BILL_DATE_TODAY",
            "NEXT_PAYMENT_TOO_FAR",
            "ANNUAL_TOO_EARLY",
            "OTHER_REGION",
            "NOT_ON_LIST",
            "ONLINE_PAST_DUE",
            "ONLINE_SUSPENDED",
            "ONLINE_CANCELLED",
            "TIME_PAST_DUE",
            "TIME_SUSPENDED",
            "TIME_CANCELLED",
            "IN_PAYROLL_PLAN",
            "TAKEOVER_OPEN",
            "PRIMARY_ADMIN_DISPUTED",
            "PRIMARY_ADMIN_OF_FIRM",
            "PAYER_IN_DOUBT",
            "COMPANY_IN_DOUBT",
            "NOT_LISTED",
            "PRICE_UNKNOWN",
            "TAXES_UNKNOWN");

    /** Why nothing was left to take over. */
    private static final List<String> NOTHING_LEFT = List.of("alreadyOnePayer", "onlineCancelled", "timeCancelled");

    private final AuditedCases cases;
    private final Accounts accounts;

    AuditPages(AuditedCases cases, Accounts accounts) {
        this.cases = cases;
        this.accounts = accounts;
    }

    @GetMapping("/audit")
    String search(
            @AuthenticationPrincipal StaffMember staff,
            @RequestParam(required = false) @Nullable String text,
            @RequestParam(required = false) @Nullable String firm,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable String stop,
            @RequestParam(required = false) @Nullable String least,
            @RequestParam(required = false) @Nullable String most,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        Auditors.only(staff);
        BigDecimal leastAmount = amount(least);
        BigDecimal mostAmount = amount(most);
        AuditedCases.Search search =
                new AuditedCases.Search(text, firm, outcome, actor, from, to, stop, leastAmount, mostAmount, after);
        List<AuditedCases.AuditedCase> found = cases.find(search, PAGE + 1);
        boolean more = found.size() > PAGE;
        model.addAttribute("search", search);
        model.addAttribute("firms", accounts.firms());
        model.addAttribute("outcomes", Outcome.values());
        model.addAttribute("happened", AuditedCases.STOPS);
        model.addAttribute("obstacles", OBSTACLES);
        model.addAttribute("nothingLeft", NOTHING_LEFT);
        model.addAttribute("least", least);
        model.addAttribute("most", most);
        model.addAttribute("misread", isGiven(least) && leastAmount == null || isGiven(most) && mostAmount == null);
        model.addAttribute("found", more ? found.subList(0, PAGE) : found);
        model.addAttribute("next", more ? found.get(PAGE - 1).key() : null);
        return "audit/search";
    }

    private static boolean isGiven(@Nullable String text) {
        return text != null && !text.isBlank();
    }

    /** With a point or a comma before the cents, as French and English write it; null where there is none. */
    private static @Nullable BigDecimal amount(@Nullable String text) {
        String plain = text == null ? "" : text.replaceAll("[\\s$\u00a0]", "").replace(',', '.');
        return plain.matches("\\d{1,9}(\\.\\d{1,2})?") ? new BigDecimal(plain) : null;
    }
}
