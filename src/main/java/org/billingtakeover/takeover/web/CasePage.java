package org.billingtakeover.takeover.web;

import java.util.List;
import java.util.function.Consumer;
import org.billingtakeover.account.ZoneRules;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Right;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.Mails;
import org.billingtakeover.pricing.QuoteSheet;
import org.billingtakeover.takeover.AnswerRequest;
import org.billingtakeover.takeover.CaseEvents;
import org.billingtakeover.takeover.CaseEvents.CaseEvent;
import org.billingtakeover.takeover.CaseFile;
import org.billingtakeover.takeover.CaseFiles;
import org.billingtakeover.takeover.Happening;
import org.billingtakeover.takeover.Holds;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Reconsider;
import org.billingtakeover.takeover.Refusal;
import org.billingtakeover.takeover.State;
import org.billingtakeover.takeover.TasksOfStaff;
import org.billingtakeover.takeover.Withdraw;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One case: where it stands, what it costs whom, what has happened, and how to take it back or ask again. */
@Controller
class CasePage {

    private static final String ACKNOWLEDGED = Happening.code(Happening.FirmTakesOver.class);

    private final CaseFiles files;
    private final CaseEvents events;
    private final Mails mails;
    private final Withdraw withdraw;
    private final Reconsider reconsider;
    private final AnswerRequest answers;
    private final Holds holds;
    private final ZoneRules zones;
    private final TasksOfStaff tasks;

    CasePage(
            CaseFiles files,
            CaseEvents events,
            Mails mails,
            Withdraw withdraw,
            Reconsider reconsider,
            AnswerRequest answers,
            Holds holds,
            ZoneRules zones,
            TasksOfStaff tasks) {
        this.tasks = tasks;
        this.files = files;
        this.events = events;
        this.mails = mails;
        this.withdraw = withdraw;
        this.reconsider = reconsider;
        this.answers = answers;
        this.holds = holds;
        this.zones = zones;
    }

    @GetMapping("/cases/{key}")
    String show(@AuthenticationPrincipal StaffMember staff, @PathVariable String key, Model model) {
        ClientsPage.refuseUnless(staff.may(Right.SEE_CLIENTS));
        CaseFile file = visible(key, staff);
        State state = file.state();
        Language language = Language.of(LocaleContextHolder.getLocale());
        List<CaseEvent> happened = events.of(file.key());
        model.addAttribute("takeover", file.takeover());
        model.addAttribute("account", file.account());
        model.addAttribute(
                "sheet",
                file.quote()
                        .map(quote -> QuoteSheet.of(
                                quote, language, file.account().client().timeZone()))
                        .orElse(null));
        model.addAttribute(
                "answers",
                file.questions().stream()
                        .filter(question -> question.answer() != null)
                        .toList());
        model.addAttribute("events", happened);
        model.addAttribute(
                "acknowledged",
                happened.stream()
                        .filter(event -> event.what().equals(ACKNOWLEDGED))
                        .reduce((earlier, later) -> later)
                        .orElse(null));
        model.addAttribute("mails", mails.of(file.key()));
        model.addAttribute(
                "reasons",
                state instanceof State.Closed closed && closed.outcome() == Outcome.NOT_ELIGIBLE
                        ? closed.reasons()
                        : null);
        model.addAttribute(
                "hourInDoubt",
                file.takeover().isOpen()
                        && state.billingDate()
                                .filter(date ->
                                        !zones.agree(file.account().client().timeZone(), date))
                                .isPresent());
        model.addAttribute("holds", file.takeover().isOpen() ? holds.of(file.account()) : List.of());
        model.addAttribute("mayWithdraw", staff.may(Right.WITHDRAW_TAKEOVERS) && state.mayBeWithdrawnByFirm());
        model.addAttribute("mayReconsider", staff.may(Right.RECONSIDER_TAKEOVERS) && state.mayBeReconsidered());
        model.addAttribute("mayRecordAnswer", staff.may(Right.RECORD_ANSWERS) && state instanceof State.Asking);
        model.addAttribute("waiting", tasks.waiting(file.key(), staff).orElse(null));
        return "takeover/case";
    }

    @PostMapping("/cases/{key}/withdraw")
    String withdraw(@AuthenticationPrincipal StaffMember staff, @PathVariable String key, RedirectAttributes redirect) {
        return act(key, staff, Right.WITHDRAW_TAKEOVERS, redirect, found -> withdraw.byFirm(found, staff.id()));
    }

    @PostMapping("/cases/{key}/reconsider")
    String reconsider(
            @AuthenticationPrincipal StaffMember staff, @PathVariable String key, RedirectAttributes redirect) {
        return act(key, staff, Right.RECONSIDER_TAKEOVERS, redirect, found -> reconsider.byFirm(found, staff.id()));
    }

    /** Leads to the task that waits in this case, taken unless somebody has it; one that has just ended leaves the case to be seen. */
    @PostMapping("/cases/{key}/task")
    String openTask(@AuthenticationPrincipal StaffMember staff, @PathVariable String key) {
        TakeoverKey found = visible(key, staff).key();
        ClientsPage.refuseUnless(staff.may(Right.WORK_ON_TASKS));
        return tasks.take(found, staff)
                .map(waiting -> TasksPage.inTasklist(waiting.task()))
                .orElse("redirect:/cases/" + found);
    }

    /** Leads to the task in Tasklist. */
    @PostMapping("/cases/{key}/phone-answer")
    String recordAnswer(
            @AuthenticationPrincipal StaffMember staff, @PathVariable String key, RedirectAttributes redirect) {
        TakeoverKey found = visible(key, staff).key();
        ClientsPage.refuseUnless(staff.may(Right.RECORD_ANSWERS));
        try {
            return TasksPage.inTasklist(answers.beginByPhone(found, staff.id()));
        } catch (Refusal refusal) {
            redirect.addFlashAttribute("refusal", refusal);
            return "redirect:/cases/" + key;
        }
    }

    private String act(
            String key, StaffMember staff, Right needed, RedirectAttributes redirect, Consumer<TakeoverKey> action) {
        TakeoverKey found = visible(key, staff).key();
        ClientsPage.refuseUnless(staff.may(needed));
        try {
            action.accept(found);
        } catch (Refusal refusal) {
            redirect.addFlashAttribute("refusal", refusal);
        }
        return "redirect:/cases/" + key;
    }

    /** A case of another firm does not exist for this person. */
    private CaseFile visible(String key, StaffMember staff) {
        return files.find(new TakeoverKey(key))
                .filter(found -> staff.sees(found.takeover().firmId()))
                .orElseThrow(ClientsPage::notFound);
    }
}
