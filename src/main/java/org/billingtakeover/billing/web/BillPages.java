package org.billingtakeover.billing.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.billing.Bill;
import org.billingtakeover.billing.BillNumber;
import org.billingtakeover.billing.web.ReadPlatformBills.Listed;
import org.billingtakeover.billing.web.ReadPlatformBills.NoAnswer;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Right;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.limits.FewAtOnce;
import org.billingtakeover.paper.PrintPage;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.ModelAndView;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** The bills of a firm and of its clients, as their platform made them, to read and to take along. */
@Controller
class BillPages {

    private static final int LISTED = 25;

    /** A bill of a large firm is held in memory while it is printed. */
    private static final int PRINTED_AT_ONCE = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Accounts accounts;
    private final ReadPlatformBills bills;
    private final PrintPage print;
    private final ITemplateEngine templates;
    private final FewAtOnce printing = new FewAtOnce(PRINTED_AT_ONCE, PATIENCE);

    BillPages(Accounts accounts, ReadPlatformBills bills, PrintPage print, ITemplateEngine templates) {
        this.accounts = accounts;
        this.bills = bills;
        this.print = print;
        this.templates = templates;
    }

    /** @param before the last bill of the page of newer ones */
    @GetMapping("/bills")
    String list(
            @AuthenticationPrincipal StaffMember staff,
            @RequestParam(required = false) @Nullable FirmId firm,
            @RequestParam(required = false) @Nullable BillNumber before,
            Model model,
            HttpServletResponse response) {
        refuseUnlessAllowed(staff);
        List<Firm> firms =
                accounts.firms().stream().filter(each -> staff.sees(each.id())).toList();
        Firm shown = firms.stream()
                .filter(each -> firm == null || each.id().equals(firm))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        model.addAttribute("firms", firms);
        model.addAttribute("firm", shown);
        model.addAttribute("before", before);
        try {
            List<Listed> found =
                    bills.list(shown, Optional.ofNullable(before), LISTED).orElse(null);
            model.addAttribute("known", found != null);
            if (found != null) {
                List<Listed> page = found.subList(0, Math.min(LISTED, found.size()));
                model.addAttribute("bills", page);
                model.addAttribute(
                        "older",
                        found.size() > LISTED
                                ? page.get(page.size() - 1).heading().number()
                                : null);
            }
        } catch (NoAnswer e) {
            response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
            model.addAttribute("noAnswer", true);
        }
        return "billing/bills";
    }

    @GetMapping("/bills/{number}")
    String show(
            @AuthenticationPrincipal StaffMember staff, @PathVariable BillNumber number, Locale locale, Model model) {
        model.addAttribute("sheet", bills.sheet(visible(number, staff), Language.of(locale)));
        return "billing/bill";
    }

    @GetMapping("/bills/{number}.pdf")
    void pdf(
            @AuthenticationPrincipal StaffMember staff,
            @PathVariable BillNumber number,
            Locale locale,
            HttpServletResponse response)
            throws IOException {
        Language language = Language.of(locale);
        BillSheet sheet = bills.sheet(visible(number, staff), language);
        Context context = new Context(language.locale(), Map.of("sheet", sheet, "words", new InWords(language)));
        boolean printed = printing.run(() -> {
            byte[] pdf = print.asPdf(templates.process("billing/bill-pdf", context));
            response.setContentType(MediaType.APPLICATION_PDF_VALUE);
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment()
                            .filename(number + ".pdf")
                            .build()
                            .toString());
            response.getOutputStream().write(pdf);
        });
        if (!printed) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(PATIENCE.toSeconds()));
            throw new ResponseStatusException(HttpStatus.TOO_MANY_REQUESTS);
        }
    }

    /** A bill of another firm does not exist for this person. */
    private Bill visible(BillNumber number, StaffMember staff) {
        refuseUnlessAllowed(staff);
        return bills.bill(number)
                .filter(bill -> staff.sees(bill.party().firmId()))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** Whether there is such a bill nobody knows now, so nothing is said of it. */
    @ExceptionHandler
    ModelAndView noAnswer(NoAnswer e) {
        return new ModelAndView("billing/no-answer", Map.of(), HttpStatus.SERVICE_UNAVAILABLE);
    }

    private static void refuseUnlessAllowed(StaffMember staff) {
        if (!staff.may(Right.SEE_BILLS)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
    }
}
