package org.billingtakeover.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.BillsDue;
import org.billingtakeover.billing.BookChanges;
import org.billingtakeover.billing.Bookings;
import org.billingtakeover.billing.FirstBillsOfChanges;
import org.billingtakeover.billing.PlatformDesk;
import org.billingtakeover.billing.PlatformDesk.Mistake;
import org.billingtakeover.billing.ReadFirstBills;
import org.billingtakeover.commission.PayQuarters;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.notification.Outbox;
import org.billingtakeover.takeover.LookBeforeBills;
import org.billingtakeover.takeover.TakeoverFlow;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** Lets whoever tries the product play time and the bank. */
@Controller
@Profile("demo")
@RequestMapping("/demo")
class DemoDesk {

    private static final String HERE = "redirect:/demo";

    /** Slow enough to be seen, and not to be waited for. */
    private static final Duration SLOW = Duration.ofSeconds(3);

    /** What a platform refuses; the others are of firms that make changes by hand. */
    private static final Set<Rejection> REASONS =
            EnumSet.complementOf(EnumSet.of(Rejection.NOT_MADE_BY_HAND, Rejection.NOT_PROVED));

    /** What follows so soon need not be waited for: a switch is recorded minutes after the platform has made its bills. */
    private static final Duration MOMENTS = Duration.ofMinutes(10);

    private final MovableClock clock;
    private final TakeoverFlow flow;
    private final Accounts accounts;
    private final PlatformDesk platform;
    private final BillsDue billsDue;
    private final ReadFirstBills firstBills;
    private final FirstBillsOfChanges billsOfChanges;
    private final LookBeforeBills looks;
    private final BookChanges bookChanges;
    private final Bookings bookings;
    private final DemoSettings settings;
    private final Outbox outbox;
    private final PayQuarters quarters;

    DemoDesk(
            MovableClock clock,
            TakeoverFlow flow,
            Outbox outbox,
            PayQuarters quarters,
            Accounts accounts,
            PlatformDesk platform,
            BillsDue billsDue,
            ReadFirstBills firstBills,
            FirstBillsOfChanges billsOfChanges,
            LookBeforeBills looks,
            BookChanges bookChanges,
            Bookings bookings,
            DemoSettings settings) {
        this.quarters = quarters;
        this.clock = clock;
        this.flow = flow;
        this.outbox = outbox;
        this.accounts = accounts;
        this.platform = platform;
        this.billsDue = billsDue;
        this.firstBills = firstBills;
        this.billsOfChanges = billsOfChanges;
        this.looks = looks;
        this.bookChanges = bookChanges;
        this.bookings = bookings;
        this.settings = settings;
    }

    @GetMapping
    String show(Model model) {
        List<Firm> firms = accounts.firms();
        model.addAttribute("firms", firms);
        model.addAttribute("reasons", REASONS);
        model.addAttribute(
                "refusals",
                firms.stream()
                        .flatMap(firm ->
                                platform.refusal(firm.id()).stream().map(reason -> Map.entry(firm.id(), reason)))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        model.addAttribute(
                "mistakes",
                firms.stream()
                        .flatMap(firm ->
                                platform.mistake(firm.id()).stream().map(mistake -> Map.entry(firm.id(), mistake)))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        model.addAttribute("possibleMistakes", Mistake.values());
        model.addAttribute("distance", platform.distance());
        model.addAttribute("now", clock.instant());
        model.addAttribute("daysAhead", clock.daysAhead());
        model.addAttribute("nextDue", nextDue().orElse(null));
        model.addAttribute("dataFolder", settings.dataFolder().toAbsolutePath());
        return "demo/desk";
    }

    @PostMapping("/clock/next")
    String toNextDue() {
        nextDue().ifPresent(due -> {
            clock.moveTo(due);
            hearPlatform();
            flow.nextDue().filter(due.plus(MOMENTS)::isAfter).ifPresent(clock::moveTo);
        });
        return HERE;
    }

    /** What the platform has done by then is heard before timers ask for it. */
    private void hearPlatform() {
        looks.run();
        billsDue.make();
        bookChanges.run();
        firstBills.run();
    }

    /** The next timer, the next look at changes, the platform's next bills, the morning for which mails wait, or the end of a quarter of a firm that has earned something. */
    private Optional<Instant> nextDue() {
        return Stream.of(
                        flow.nextDue(),
                        looks.next(),
                        bookings.nextLook(clock.instant()),
                        nextBills(),
                        outbox.nextMorning(),
                        quarters.nextEnd())
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    private Optional<Instant> nextBills() {
        return billsOfChanges.nextLook(clock.instant());
    }

    @PostMapping("/clock/day")
    String toNextDay() {
        clock.move(Duration.ofDays(1));
        hearPlatform();
        return HERE;
    }

    @PostMapping("/platform/down")
    String down(@RequestParam boolean isDown) {
        platform.down(isDown);
        return HERE;
    }

    @PostMapping("/platform/slow")
    String slow(@RequestParam boolean isSlow) {
        platform.takes(isSlow ? SLOW : Duration.ZERO);
        return HERE;
    }

    @PostMapping("/platform/next-answer")
    String nextAnswer(@RequestParam boolean isLost) {
        platform.losesNext(isLost ? 1 : 0);
        return HERE;
    }

    @PostMapping("/firms/{id}/card")
    String card(@PathVariable FirmId id, @RequestParam boolean works) {
        accounts.save(firm(id).withPaymentMethod(works));
        return HERE;
    }

    /** @param byHand whether the firm makes its changes itself, or the embedded ledger does */
    @PostMapping("/firms/{id}/platform")
    String platform(@PathVariable FirmId id, @RequestParam boolean byHand) {
        accounts.save(firm(id).changingOn(byHand ? PlatformName.BY_HAND : PlatformName.LEDGER));
        return HERE;
    }

    /** @param reason why the platform refuses the changes of the firm's clients; left out, it refuses them no more */
    @PostMapping("/firms/{id}/refusal")
    String refusal(@PathVariable FirmId id, @RequestParam(required = false) @Nullable Rejection reason) {
        FirmId firm = firm(id).id();
        if (reason == null) {
            platform.refuseNoMore(firm);
        } else {
            platform.refuse(firm, reason);
        }
        return HERE;
    }

    /** @param mistake what the platform does wrong on the bills of the firm and its clients; left out, it bills rightly */
    @PostMapping("/firms/{id}/mistake")
    String mistake(@PathVariable FirmId id, @RequestParam(required = false) @Nullable Mistake mistake) {
        FirmId firm = firm(id).id();
        if (mistake == null) {
            platform.billsRightly(firm);
        } else {
            platform.billsWrongly(firm, mistake);
        }
        return HERE;
    }

    private Firm firm(FirmId id) {
        return accounts.firms().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.BAD_REQUEST));
    }
}
