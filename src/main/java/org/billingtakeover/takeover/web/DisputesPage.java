package org.billingtakeover.takeover.web;

import java.util.UUID;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.PrimaryAdmins;
import org.billingtakeover.kernel.ListPage;
import org.billingtakeover.kernel.Right;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.takeover.Refusal;
import org.billingtakeover.takeover.SettleDispute;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Companies whose primary admin firms name differently, and which firm is believed. */
@Controller
class DisputesPage {

    private final Accounts accounts;
    private final PrimaryAdmins admins;
    private final SettleDispute settle;

    DisputesPage(Accounts accounts, PrimaryAdmins admins, SettleDispute settle) {
        this.accounts = accounts;
        this.admins = admins;
        this.settle = settle;
    }

    @GetMapping("/disputes")
    String disputes(
            @AuthenticationPrincipal StaffMember staff, @RequestParam(defaultValue = "1") int page, Model model) {
        ClientsPage.refuseUnless(staff.may(Right.SETTLE_DISPUTES));
        int count = admins.countDisputes();
        ListPage shown = ListPage.of(count, page);
        model.addAttribute("count", count);
        model.addAttribute("page", shown);
        model.addAttribute("disputes", admins.disputes(shown.offset(), ListPage.LENGTH));
        return "takeover/disputes";
    }

    @PostMapping("/disputes/{id}")
    String believe(@AuthenticationPrincipal StaffMember staff, @PathVariable UUID id, RedirectAttributes redirect) {
        ClientsPage.refuseUnless(staff.may(Right.SETTLE_DISPUTES));
        if (accounts.find(id).isEmpty()) {
            throw ClientsPage.notFound();
        }
        try {
            settle.believe(id, staff.id());
        } catch (Refusal refusal) {
            redirect.addFlashAttribute("refusal", refusal);
        }
        return "redirect:/disputes";
    }
}
