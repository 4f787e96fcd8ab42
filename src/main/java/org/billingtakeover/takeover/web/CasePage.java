package org.billingtakeover.takeover.web;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.billingtakeover.account.Difference;
import org.billingtakeover.account.DifferenceWords;
import org.billingtakeover.account.PrimaryAdmin;
import org.billingtakeover.account.ZoneRules;
import org.billingtakeover.billing.Bookings;
import org.billingtakeover.billing.ChangeByHand;
import org.billingtakeover.billing.FirstBillsOfChanges;
import org.billingtakeover.commission.Commissions;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.NamesOfStaff;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Right;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.Mails;
import org.billingtakeover.pricing.QuoteSheet;
import org.billingtakeover.takeover.AnswerRequest;
import org.billingtakeover.takeover.AsSeen;
import org.billingtakeover.takeover.CaseEvents;
import org.billingtakeover.takeover.CaseEvents.CaseEvent;
import org.billingtakeover.takeover.CaseFile;
import org.billingtakeover.takeover.CaseFiles;
import org.billingtakeover.takeover.ComingStop;
import org.billingtakeover.takeover.CorrectPrimaryAdmin;
import org.billingtakeover.takeover.ExpectFirstBill;
import org.billingtakeover.takeover.Happening;
import org.billingtakeover.takeover.Holds;
import org.billingtakeover.takeover.MakeByHand;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.PreviewInWords;
import org.billingtakeover.takeover.Reconsider;
import org.billingtakeover.takeover.Refusal;
import org.billingtakeover.takeover.Seen;
import org.billingtakeover.takeover.SendLinkAgain;
import org.billingtakeover.takeover.Stage;
import org.billingtakeover.takeover.State;
import org.billingtakeover.takeover.TasksOfStaff;
import org.billingtakeover.takeover.Withdraw;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** One case: where it stands, what it costs whom, what has happened, and how to take it back or ask again. */
@Controller
class CasePage {

    private static final String ACKNOWLEDGED = Happening.code(Happening.FirmTakesOver.class);
    private static final String SWITCHED = Happening.code(Happening.Switched.class);

    private final CaseFiles files;
    private final CaseEvents events;
    private final Mails mails;
    private final Withdraw withdraw;
    private final Reconsider reconsider;
    private final AnswerRequest answers;
    private final AsSeen asSeen;
    private final SendLinkAgain again;
    private final CorrectPrimaryAdmin correct;
    private final Holds holds;
    private final ZoneRules zones;
    private final NamesOfStaff names;
    private final TasksOfStaff tasks;
    private final ComingStop stop;
    private final Commissions commissions;
    private final Bookings bookings;
    private final FirstBillsOfChanges firstBills;
    private final MakeByHand byHand;
    private final ExpectFirstBill expectFirstBill;
    private final BillsOfCase billsOfCase;
    private final PreviewInWords preview;
    private final DifferenceWords differences;
    private final Clock clock;

    CasePage(
            CaseFiles files,
            CaseEvents events,
            Mails mails,
            Withdraw withdraw,
            Reconsider reconsider,
            AnswerRequest answers,
            AsSeen asSeen,
            SendLinkAgain again,
            CorrectPrimaryAdmin correct,
            Holds holds,
            ZoneRules zones,
            NamesOfStaff names,
            TasksOfStaff tasks,
            ComingStop stop,
            Commissions commissions,
            Bookings bookings,
            FirstBillsOfChanges firstBills,
            MakeByHand byHand,
            ExpectFirstBill expectFirstBill,
            BillsOfCase billsOfCase,
            PreviewInWords preview,
            DifferenceWords differences,
            Clock clock) {
        this.expectFirstBill = expectFirstBill;
        this.billsOfCase = billsOfCase;
        this.preview = preview;
        this.differences = differences;
        this.bookings = bookings;
        this.firstBills = firstBills;
        this.byHand = byHand;
        this.clock = clock;
        this.tasks = tasks;
        this.stop = stop;
        this.commissions = commissions;
        this.files = files;
        this.events = events;
        this.mails = mails;
        this.withdraw = withdraw;
        this.reconsider = reconsider;
        this.answers = answers;
        this.asSeen = asSeen;
        this.again = again;
        this.correct = correct;
        this.holds = holds;
        this.zones = zones;
        this.names = names;
    }

    @GetMapping("/cases/{key}")
    String show(@AuthenticationPrincipal StaffMember staff, @PathVariable String key, Model model) {
        ClientsPage.refuseUnless(staff.may(Right.SEE_CLIENTS));
        CaseFile file = visible(files, key, staff);
        State state = file.state();
        Language language = Language.of(LocaleContextHolder.getLocale());
        List<CaseEvent> happened = events.of(file.key());
        Optional<ChangeByHand> changeByHand = byHand.ofCase(file.key());
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
        model.addAttribute("bookings", bookings.of(file.key()));
        model.addAttribute("preview", preview.toStaff(file, language).orElse(null));
        model.addAttribute("differences", new Differences(differences, language.locale()));
        model.addAttribute("firstBills", firstBills.ofCase(file.key()).orElse(null));
        model.addAttribute("due", coming(state.due()));
        model.addAttribute("withdrawableUntil", coming(state.withdrawableUntil()));
        model.addAttribute(
                "acknowledged",
                happened.stream()
                        .filter(event -> event.what().equals(ACKNOWLEDGED))
                        .reduce((earlier, later) -> later)
                        .orElse(null));
        model.addAttribute("named", new Named(names.of(people(file, happened))));
        Optional<LocalDate> changedOn = happened.stream()
                .filter(event -> event.what().equals(SWITCHED))
                .map(event -> LocalDate.parse(String.valueOf(event.detail())))
                .findFirst();
        model.addAttribute("changedOn", changedOn.orElse(null));
        model.addAttribute(
                "firstBill",
                changedOn.isEmpty() && mayComeToAChange(state)
                        ? expectFirstBill
                                .inWords(file, state.way(), Payer.FIRM, language)
                                .orElse(null)
                        : null);
        model.addAttribute(
                "billsOfCase", changedOn.map(date -> billsOfCase.of(file, date)).orElse(null));
        model.addAttribute(
                "waits",
                Waits.of(
                        file.takeover(),
                        happened,
                        changeByHand,
                        holds.against(state, file.account()).isPresent()));
        model.addAttribute("stopsOn", stop.of(file.account()).orElse(null));
        model.addAttribute("payout", commissions.paidFor(file.key()).orElse(null));
        model.addAttribute("showsBalance", file.takeover().isOpen() && staff.may(Right.SEE_COMMISSIONS));
        model.addAttribute(
                "balance", commissions.balance(file.takeover().firmId()).orElse(null));
        model.addAttribute("now", Seen.of(file.takeover()));
        model.addAttribute(
                "seen", Seen.read((String) model.getAttribute("shown")).orElse(null));
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
        model.addAttribute(
                "mayWithdraw", staff.may(Right.WITHDRAW_TAKEOVERS) && state.mayBeWithdrawnByFirm(clock.instant()));
        model.addAttribute(
                "mayOfferInstead", staff.may(Right.WITHDRAW_TAKEOVERS) && state.mayBeOfferedInstead(clock.instant()));
        model.addAttribute("maySendLink", staff.may(Right.SEND_LINKS) && state instanceof State.Asking);
        model.addAttribute("mayCorrectAdmin", staff.may(Right.SEND_LINKS) && CorrectPrimaryAdmin.isPossible(state));
        model.addAttribute("mayReconsider", staff.may(Right.RECONSIDER_TAKEOVERS) && state.mayBeReconsidered());
        model.addAttribute("mayRecordAnswer", staff.may(Right.RECORD_ANSWERS) && state instanceof State.Asking);
        model.addAttribute("waiting", tasks.waiting(file.key(), staff).orElse(null));
        return "takeover/case";
    }

    @PostMapping("/cases/{key}/withdraw")
    String withdraw(
            @AuthenticationPrincipal StaffMember staff,
            @PathVariable String key,
            @RequestParam(required = false) @Nullable String seen,
            RedirectAttributes redirect) {
        return act(key, staff, Right.WITHDRAW_TAKEOVERS, seen, redirect, found -> withdraw.byFirm(found, staff.id()));
    }

    /** The client is asked to pay for both instead; the case goes on. */
    @PostMapping("/cases/{key}/offer-instead")
    String offerInstead(
            @AuthenticationPrincipal StaffMember staff,
            @PathVariable String key,
            @RequestParam(required = false) @Nullable String seen,
            RedirectAttributes redirect) {
        return act(
                key,
                staff,
                Right.WITHDRAW_TAKEOVERS,
                seen,
                redirect,
                found -> withdraw.forTheClientsWay(found, staff.id()));
    }

    @PostMapping("/cases/{key}/reconsider")
    String reconsider(
            @AuthenticationPrincipal StaffMember staff,
            @PathVariable String key,
            @RequestParam(required = false) @Nullable String seen,
            RedirectAttributes redirect) {
        return act(
                key, staff, Right.RECONSIDER_TAKEOVERS, seen, redirect, found -> reconsider.byFirm(found, staff.id()));
    }

    @PostMapping("/cases/{key}/link")
    String sendLinkAgain(
            @AuthenticationPrincipal StaffMember staff,
            @PathVariable String key,
            @RequestParam(required = false) @Nullable String seen,
            RedirectAttributes redirect) {
        return act(key, staff, Right.SEND_LINKS, seen, redirect, found -> {
            again.byStaff(found, staff.id());
            redirect.addFlashAttribute("done", "case.linkSent");
        });
    }

    @PostMapping("/cases/{key}/primary-admin")
    String correctAdmin(
            @AuthenticationPrincipal StaffMember staff,
            @PathVariable String key,
            @RequestParam(required = false) @Nullable String seen,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String email,
            RedirectAttributes redirect) {
        PrimaryAdmin corrected = new PrimaryAdmin(name.strip(), email.strip());
        return act(key, staff, Right.SEND_LINKS, seen, redirect, found -> {
            redirect.addFlashAttribute("typedName", corrected.name());
            redirect.addFlashAttribute("typedEmail", corrected.email());
            correct.run(found, corrected, staff.id());
            redirect.addFlashAttribute("done", "case.adminCorrected");
        });
    }

    /** Leads to the task that waits in this case, taken unless somebody has it; one that has just ended leaves the case to be seen. */
    @PostMapping("/cases/{key}/task")
    String openTask(@AuthenticationPrincipal StaffMember staff, @PathVariable String key) {
        TakeoverKey found = visible(files, key, staff).key();
        ClientsPage.refuseUnless(staff.may(Right.WORK_ON_TASKS));
        return tasks.take(found, staff)
                .map(waiting -> TasksPage.inTasklist(waiting.task()))
                .orElse("redirect:/cases/" + found);
    }

    /** Leads to the task in Tasklist. */
    @PostMapping("/cases/{key}/phone-answer")
    String recordAnswer(
            @AuthenticationPrincipal StaffMember staff,
            @PathVariable String key,
            @RequestParam(required = false) @Nullable String seen,
            RedirectAttributes redirect) {
        TakeoverKey found = visible(files, key, staff).key();
        ClientsPage.refuseUnless(staff.may(Right.RECORD_ANSWERS));
        Seen shown = Seen.read(seen).orElse(null);
        try {
            return TasksPage.inTasklist(asSeen.act(found, shown, () -> answers.beginByPhone(found, staff.id())));
        } catch (Refusal refusal) {
            return refused(found, refusal, seen, redirect);
        }
    }

    private String act(
            String key,
            StaffMember staff,
            Right needed,
            @Nullable String seen,
            RedirectAttributes redirect,
            Consumer<TakeoverKey> action) {
        TakeoverKey found = visible(files, key, staff).key();
        ClientsPage.refuseUnless(staff.may(needed));
        Seen shown = Seen.read(seen).orElse(null);
        try {
            asSeen.run(found, shown, () -> action.accept(found));
            return "redirect:/cases/" + found.text();
        } catch (Refusal refusal) {
            return refused(found, refusal, seen, redirect);
        }
    }

    /** What is past by now is waited for no more. */
    private @Nullable Instant coming(Optional<Instant> at) {
        return at.filter(clock.instant()::isBefore).orElse(null);
    }

    private static boolean mayComeToAChange(State state) {
        return state.billingDate().isPresent() || state instanceof State.Asking || state.stage() == Stage.REVIEW;
    }

    private static String refused(
            TakeoverKey key, Refusal refusal, @Nullable String seen, RedirectAttributes redirect) {
        redirect.addFlashAttribute("refusal", refusal);
        redirect.addFlashAttribute("shown", seen);
        return "redirect:/cases/" + key.text();
    }

    /** What an event tells of an account, a sentence each. */
    record Differences(DifferenceWords words, Locale locale) {

        public List<String> of(String detail) {
            return Difference.read(detail).stream()
                    .map(each -> words.sentence(each, locale))
                    .toList();
        }
    }

    /** Whose names the page says. */
    private static Set<String> people(CaseFile file, List<CaseEvent> happened) {
        Set<String> people = new HashSet<>();
        people.add(file.takeover().openedBy());
        happened.forEach(event -> people.add(event.actor()));
        file.questions().stream()
                .flatMap(question -> Stream.ofNullable(question.answer()))
                .flatMap(answer -> Stream.ofNullable(answer.recordedBy()))
                .forEach(people::add);
        return people;
    }

    /** What people are called; who has no account any more, by the name that they signed in with. */
    record Named(Map<String, String> names) {

        public @Nullable String of(@Nullable String signInName) {
            return signInName == null ? null : names.getOrDefault(signInName, signInName);
        }
    }

    /** A case of another firm does not exist for this person. */
    static CaseFile visible(CaseFiles files, String key, StaffMember staff) {
        return files.find(new TakeoverKey(key))
                .filter(found -> staff.sees(found.takeover().firmId()))
                .orElseThrow(ClientsPage::notFound);
    }
}
