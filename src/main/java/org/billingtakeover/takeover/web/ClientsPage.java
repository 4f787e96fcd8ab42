package org.billingtakeover.takeover.web;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.ClientSearch;
import org.billingtakeover.account.Doubts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.ListPage;
import org.billingtakeover.kernel.Right;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.notification.DailyDigests;
import org.billingtakeover.pricing.NoQuote;
import org.billingtakeover.takeover.ChooseMails;
import org.billingtakeover.takeover.Ineligibility;
import org.billingtakeover.takeover.OpenTakeover;
import org.billingtakeover.takeover.Refusal;
import org.billingtakeover.takeover.SettleDoubts;
import org.billingtakeover.takeover.Takeovers;
import org.billingtakeover.takeover.TasksOfStaff;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** A firm's clients: how each is billed, what is at risk and when, and what can be done about it. */
@Controller
class ClientsPage {

    private static final int DAYS_OF_WEEK = 7;
    private static final int DAYS_OF_MONTH = 30;

    private final Accounts accounts;
    private final Takeovers takeovers;
    private final ClientRows rows;
    private final DailyDigests digests;
    private final ChooseMails mails;
    private final OpenTakeover open;
    private final Doubts doubts;
    private final SettleDoubts settle;
    private final TasksOfStaff tasks;
    private final Clock clock;

    ClientsPage(
            Accounts accounts,
            Takeovers takeovers,
            ClientRows rows,
            DailyDigests digests,
            ChooseMails mails,
            OpenTakeover open,
            Doubts doubts,
            SettleDoubts settle,
            TasksOfStaff tasks,
            Clock clock) {
        this.tasks = tasks;
        this.clock = clock;
        this.accounts = accounts;
        this.takeovers = takeovers;
        this.rows = rows;
        this.digests = digests;
        this.mails = mails;
        this.open = open;
        this.doubts = doubts;
        this.settle = settle;
    }

    @GetMapping("/clients")
    String clients(
            @AuthenticationPrincipal StaffMember staff,
            @RequestParam(required = false) @Nullable FirmId firm,
            @RequestParam(defaultValue = "") String search,
            @RequestParam(defaultValue = "ALL") Show show,
            @RequestParam(defaultValue = "1") int page,
            Model model) {
        refuseUnless(staff.may(Right.SEE_CLIENTS));
        List<Firm> firms =
                accounts.firms().stream().filter(each -> staff.sees(each.id())).toList();
        Firm shown = firms.stream()
                .filter(each -> firm == null || each.id().equals(firm))
                .findFirst()
                .orElseThrow(ClientsPage::notFound);
        ClientSearch which = new ClientSearch(
                search,
                show == Show.SPLIT,
                show == Show.STOPPED,
                show == Show.NOT_LISTED,
                show == Show.CASE ? takeovers.clientsWithOpenCase(shown.id()) : null);
        int count = accounts.countOfFirm(shown.id(), which);
        ListPage current = ListPage.of(count, page);
        model.addAttribute("firms", firms);
        model.addAttribute("firm", shown);
        model.addAttribute("search", search);
        model.addAttribute("show", show);
        model.addAttribute("shows", Show.values());
        model.addAttribute("count", count);
        model.addAttribute("page", current);
        Set<UUID> agreed = takeovers.clientsThatAgreed(shown.id());
        LocalDate today = LocalDate.ofInstant(clock.instant(), shown.timeZone());
        model.addAttribute("atRiskThisWeek", accounts.countAtRisk(shown.id(), today.plusDays(DAYS_OF_WEEK), agreed));
        model.addAttribute("atRiskThisMonth", accounts.countAtRisk(shown.id(), today.plusDays(DAYS_OF_MONTH), agreed));
        model.addAttribute("mayOpen", staff.may(Right.OPEN_TAKEOVERS));
        model.addAttribute("mayImport", staff.may(Right.IMPORT_LISTS));
        model.addAttribute("daily", digests.areWishedBy(shown.id()));
        List<Account> some = accounts.ofFirm(shown.id(), which, current.offset(), ListPage.LENGTH);
        model.addAttribute("rows", rows.of(some).toList());
        model.addAttribute(
                "notListed",
                doubts.notListedAmong(
                        some.stream().map(account -> account.client().id()).toList()));
        return "takeover/clients";
    }

    /** Straight to the review, taken for whoever asked for it. */
    @PostMapping("/clients/{id}/takeover")
    String updateNow(@AuthenticationPrincipal StaffMember staff, @PathVariable UUID id, RedirectAttributes redirect) {
        Account account =
                accounts.find(id).filter(found -> staff.sees(found.firm().id())).orElseThrow(ClientsPage::notFound);
        refuseUnless(staff.may(Right.OPEN_TAKEOVERS));
        OpenTakeover.Result result = orSayThatPriceIsMissing(() -> open.open(id, staff.id()));
        if (result instanceof OpenTakeover.Opened opened) {
            return tasks.take(opened.key(), staff)
                    .map(review -> TasksPage.inTasklist(review.task()))
                    .orElse("redirect:/cases/" + opened.key());
        }
        redirect.addFlashAttribute("refused", result);
        redirect.addFlashAttribute("refusedClient", account.client().name());
        return "redirect:/clients";
    }

    /** From now on the firm gets one mail a day, or one for each thing that happens. */
    @PostMapping("/clients/mails")
    String mails(
            @AuthenticationPrincipal StaffMember staff,
            @RequestParam FirmId firm,
            @RequestParam boolean daily,
            RedirectAttributes redirect) {
        refuseUnless(staff.may(Right.OPEN_TAKEOVERS));
        Firm chosen = accounts.firms().stream()
                .filter(each -> each.id().equals(firm) && staff.sees(each.id()))
                .findFirst()
                .orElseThrow(ClientsPage::notFound);
        mails.choose(chosen.id(), daily, staff.id());
        redirect.addAttribute("firm", chosen.id());
        return "redirect:/clients";
    }

    /** The case begins with the client's own way: the client is asked at once. */
    @PostMapping("/clients/{id}/option-two")
    String offerOptionTwo(
            @AuthenticationPrincipal StaffMember staff, @PathVariable UUID id, RedirectAttributes redirect) {
        Account account =
                accounts.find(id).filter(found -> staff.sees(found.firm().id())).orElseThrow(ClientsPage::notFound);
        refuseUnless(staff.may(Right.OPEN_TAKEOVERS));
        try {
            OpenTakeover.Result result = orSayThatPriceIsMissing(() -> open.offerClientsWay(id, staff.id()));
            if (result instanceof OpenTakeover.Opened opened) {
                return "redirect:/cases/" + opened.key();
            }
            redirect.addFlashAttribute("refused", result);
            redirect.addFlashAttribute("refusedClient", account.client().name());
        } catch (Refusal refusal) {
            redirect.addFlashAttribute("refusal", refusal);
        }
        redirect.addAttribute("firm", account.firm().id());
        return "redirect:/clients";
    }

    /** The firm says whether a client that its list did not name is still its client. */
    @PostMapping("/clients/{id}/listed")
    String stillClient(
            @AuthenticationPrincipal StaffMember staff,
            @PathVariable UUID id,
            @RequestParam boolean still,
            RedirectAttributes redirect) {
        Account account =
                accounts.find(id).filter(found -> staff.sees(found.firm().id())).orElseThrow(ClientsPage::notFound);
        refuseUnless(staff.may(Right.IMPORT_LISTS));
        try {
            settle.notListed(id, still, staff.id());
        } catch (Refusal refusal) {
            redirect.addFlashAttribute("refusal", refusal);
        }
        redirect.addAttribute("firm", account.firm().id());
        redirect.addAttribute("show", Show.NOT_LISTED);
        return "redirect:/clients";
    }

    /** Nothing is kept of a case whose cost nobody could review. */
    private static OpenTakeover.Result orSayThatPriceIsMissing(Supplier<OpenTakeover.Result> opening) {
        try {
            return opening.get();
        } catch (NoQuote e) {
            return new OpenTakeover.Refused(List.of(new Ineligibility(e.code(), null)), null);
        }
    }

    /** Which clients the list shows. */
    enum Show {
        ALL,
        SPLIT,
        CASE,
        STOPPED,
        NOT_LISTED
    }

    static void refuseUnless(boolean allowed) {
        if (!allowed) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
    }

    static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
