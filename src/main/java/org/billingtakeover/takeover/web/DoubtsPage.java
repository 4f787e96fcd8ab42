package org.billingtakeover.takeover.web;

import java.time.LocalDate;
import java.util.UUID;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.CompanySpellings;
import org.billingtakeover.account.Doubts;
import org.billingtakeover.account.Doubts.PayerDoubt;
import org.billingtakeover.account.PayerBooks;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.ListPage;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.Right;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.takeover.Refusal;
import org.billingtakeover.takeover.SettleDoubts;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What lists left in doubt, for billing operations to decide: who pays, and which company an id means. The oldest come first. */
@Controller
class DoubtsPage {

    private final Accounts accounts;
    private final Doubts doubts;
    private final CompanySpellings spellings;
    private final PayerBooks books;
    private final SettleDoubts settle;

    DoubtsPage(Accounts accounts, Doubts doubts, CompanySpellings spellings, PayerBooks books, SettleDoubts settle) {
        this.accounts = accounts;
        this.doubts = doubts;
        this.spellings = spellings;
        this.books = books;
        this.settle = settle;
    }

    @GetMapping("/doubts")
    String doubts(@AuthenticationPrincipal StaffMember staff, Model model) {
        ClientsPage.refuseUnless(staff.may(Right.SETTLE_DISPUTES));
        int payers = doubts.countPayersInDoubt();
        int ids = spellings.countInDoubt();
        int twice = doubts.countSpellings();
        model.addAttribute("count", payers + ids + twice);
        model.addAttribute("payerCount", payers);
        model.addAttribute("idCount", ids);
        model.addAttribute("twiceCount", twice);
        model.addAttribute(
                "payers",
                doubts.payersInDoubt(ListPage.LENGTH).stream()
                        .map(this::conflict)
                        .toList());
        model.addAttribute("alike", spellings.alike());
        model.addAttribute("ids", spellings.inDoubt(ListPage.LENGTH));
        model.addAttribute("spellings", doubts.spellings(ListPage.LENGTH));
        return "takeover/doubts";
    }

    @PostMapping("/doubts/payers/{id}")
    String payer(
            @AuthenticationPrincipal StaffMember staff,
            @PathVariable UUID id,
            @RequestParam SettleDoubts.Side right,
            RedirectAttributes redirect) {
        return settled(staff, redirect, () -> settle.payer(id, right, staff.id()));
    }

    @PostMapping("/doubts/ids/{id}")
    String id(
            @AuthenticationPrincipal StaffMember staff,
            @PathVariable UUID id,
            @RequestParam boolean same,
            RedirectAttributes redirect) {
        return settled(staff, redirect, () -> settle.id(id, same, staff.id()));
    }

    @PostMapping("/doubts/alike/{firm}")
    String alike(@AuthenticationPrincipal StaffMember staff, @PathVariable String firm, RedirectAttributes redirect) {
        return settled(staff, redirect, () -> {
            FirmId asked = spellings.alike().stream()
                    .map(CompanySpellings.Alike::firmId)
                    .filter(each -> each.text().equals(firm))
                    .findFirst()
                    .orElseThrow(() -> new Refusal("alreadySettled"));
            settle.alike(asked, staff.id());
        });
    }

    @PostMapping("/doubts/spellings/{client}")
    String spelling(
            @AuthenticationPrincipal StaffMember staff,
            @PathVariable UUID client,
            @RequestParam boolean keep,
            RedirectAttributes redirect) {
        return settled(staff, redirect, () -> {
            if (accounts.find(client).isEmpty()) {
                throw ClientsPage.notFound();
            }
            if (keep) {
                settle.spelling(client, staff.id());
            } else {
                settle.otherCompany(client, staff.id());
            }
        });
    }

    private static String settled(StaffMember staff, RedirectAttributes redirect, Runnable decision) {
        ClientsPage.refuseUnless(staff.may(Right.SETTLE_DISPUTES));
        try {
            decision.run();
        } catch (Refusal refusal) {
            redirect.addFlashAttribute("refusal", refusal);
        }
        return "redirect:/doubts";
    }

    private Conflict conflict(PayerDoubt doubt) {
        Account account = accounts.account(doubt.clientId());
        CompanyId company = account.client().companyId();
        PayerBooks.Entry entry = books.entry(company, doubt.product());
        return new Conflict(
                doubt.id(),
                account.client().name(),
                company,
                doubt.product(),
                account.firm().name(),
                doubt.listed(),
                doubt.asOf(),
                accounts.firm(entry.firmId()).name(),
                entry.payer(),
                entry.since());
    }

    /**
     * Two claims about one payer.
     *
     * @param firm whose list says that {@code listed} pays, as of {@code asOf}
     * @param booksFirm the firm that pays by the books, or on whose word the client does
     */
    record Conflict(
            UUID id,
            String client,
            CompanyId company,
            Product product,
            String firm,
            Payer listed,
            LocalDate asOf,
            String booksFirm,
            Payer booksPayer,
            LocalDate booksSince) {}
}
