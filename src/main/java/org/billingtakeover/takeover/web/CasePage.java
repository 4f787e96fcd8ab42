package org.billingtakeover.takeover.web;

import java.util.Optional;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.notification.Mails;
import org.billingtakeover.pricing.QuoteSheet;
import org.billingtakeover.takeover.CaseEvents;
import org.billingtakeover.takeover.CheckEligibility;
import org.billingtakeover.takeover.ConsentRequests;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Quotes;
import org.billingtakeover.takeover.Reconsider;
import org.billingtakeover.takeover.Refusal;
import org.billingtakeover.takeover.Stage;
import org.billingtakeover.takeover.Takeover;
import org.billingtakeover.takeover.Takeovers;
import org.billingtakeover.takeover.Withdraw;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One case: where it stands, what it costs whom, what has happened, and how to take it back or ask again. */
@Controller
class CasePage {

    private final Accounts accounts;
    private final Takeovers takeovers;
    private final Quotes quotes;
    private final ConsentRequests requests;
    private final CaseEvents events;
    private final Mails mails;
    private final Withdraw withdraw;
    private final Reconsider reconsider;

    CasePage(
            Accounts accounts,
            Takeovers takeovers,
            Quotes quotes,
            ConsentRequests requests,
            CaseEvents events,
            Mails mails,
            Withdraw withdraw,
            Reconsider reconsider) {
        this.accounts = accounts;
        this.takeovers = takeovers;
        this.quotes = quotes;
        this.requests = requests;
        this.events = events;
        this.mails = mails;
        this.withdraw = withdraw;
        this.reconsider = reconsider;
    }

    @GetMapping("/cases/{key}")
    String show(@AuthenticationPrincipal StaffMember staff, @PathVariable String key, Model model) {
        Takeover takeover = visible(key, staff);
        Account account = accounts.account(takeover.clientId());
        Language language = Language.of(LocaleContextHolder.getLocale());
        model.addAttribute("takeover", takeover);
        model.addAttribute("account", account);
        model.addAttribute(
                "sheet",
                Optional.ofNullable(takeover.quoteNumber())
                        .flatMap(quotes::find)
                        .map(quote ->
                                QuoteSheet.of(quote, language, account.client().timeZone()))
                        .orElse(null));
        model.addAttribute(
                "answers",
                requests.ofTakeover(key).stream()
                        .filter(request -> request.answer() != null)
                        .toList());
        model.addAttribute("events", events.of(key));
        model.addAttribute("mails", mails.ofTakeover(key));
        model.addAttribute(
                "reasons",
                takeover.outcome() == Outcome.NOT_ELIGIBLE
                        ? CheckEligibility.read(String.valueOf(takeover.reason()))
                        : null);
        boolean accountant = staff.isIn("accountant");
        model.addAttribute("mayWithdraw", accountant && takeover.isOpen() && takeover.stage() != Stage.STOPPING);
        model.addAttribute("mayReconsider", accountant && Reconsider.isPossible(takeover));
        return "takeover/case";
    }

    @PostMapping("/cases/{key}/withdraw")
    String withdraw(@AuthenticationPrincipal StaffMember staff, @PathVariable String key, RedirectAttributes redirect) {
        return act(key, staff, redirect, () -> withdraw.byFirm(key, staff.id()));
    }

    @PostMapping("/cases/{key}/reconsider")
    String reconsider(
            @AuthenticationPrincipal StaffMember staff, @PathVariable String key, RedirectAttributes redirect) {
        return act(key, staff, redirect, () -> reconsider.byFirm(key, staff.id()));
    }

    private String act(String key, StaffMember staff, RedirectAttributes redirect, Runnable action) {
        visible(key, staff);
        if (!staff.isIn("accountant")) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        try {
            action.run();
        } catch (Refusal refusal) {
            redirect.addFlashAttribute("refusal", refusal);
        }
        return "redirect:/cases/" + key;
    }

    /** A case of another firm does not exist for this person. */
    private Takeover visible(String key, StaffMember staff) {
        return takeovers.find(key).filter(found -> staff.sees(found.firmId())).orElseThrow(ClientsPage::notFound);
    }
}
