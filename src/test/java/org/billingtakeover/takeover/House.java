package org.billingtakeover.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.billingtakeover.account.SampleAccounts.like;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.AccountChanged;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.AddressesOfFirm;
import org.billingtakeover.account.Doubts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.account.PrimaryAdmin;
import org.billingtakeover.account.PrimaryAdmins;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.BillingPlatform.Preview;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.Booking;
import org.billingtakeover.billing.Booking.Progress;
import org.billingtakeover.billing.FirstBillsOfChanges;
import org.billingtakeover.billing.ForeseeFirstBill;
import org.billingtakeover.billing.IntegrationOrder;
import org.billingtakeover.billing.Platforms;
import org.billingtakeover.billing.Previews;
import org.billingtakeover.commission.CommissionPayout;
import org.billingtakeover.commission.Commissions;
import org.billingtakeover.commission.Occasion;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.DailyDigests;
import org.billingtakeover.notification.Letter;
import org.billingtakeover.notification.Mails;
import org.billingtakeover.pricing.MakeCharge;
import org.billingtakeover.pricing.MakeQuote;
import org.billingtakeover.pricing.PriceList;
import org.billingtakeover.pricing.Quote;
import org.billingtakeover.tables.EligibilityOfTests;
import org.billingtakeover.takeover.Happening.Happened;
import org.billingtakeover.takeover.InMemory.Cases;
import org.billingtakeover.takeover.InMemory.Clients;
import org.billingtakeover.takeover.InMemory.KeptBookings;
import org.billingtakeover.takeover.InMemory.KeptChanges;
import org.billingtakeover.takeover.InMemory.KeptIntegrations;
import org.billingtakeover.takeover.InMemory.KeptPreviews;
import org.billingtakeover.takeover.InMemory.KeptQuotes;
import org.billingtakeover.takeover.InMemory.Lines;
import org.billingtakeover.takeover.InMemory.Questions;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.transaction.PlatformTransactionManager;

/** One firm, one client and the use cases of its case, without Spring, engine and database: rules are told in milliseconds. */
final class House {

    static final ZoneId MONTREAL = ZoneId.of("America/Toronto");
    static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

    private static final EligibilityTable OF_TESTS = new EligibilityOfTests();
    private static final Currency CAD = Currency.getInstance("CAD");

    final Clients clients = new Clients(SampleAccounts.split(SampleAccounts.firm("F-1"), "C-1"));
    final KeptPreviews previews = new KeptPreviews();
    final KeptBookings bookings = new KeptBookings();
    final KeptIntegrations integrations = new KeptIntegrations();
    final List<Letter> letters = new ArrayList<>();
    /** When each mail went out. */
    private final Map<UUID, Instant> sent = new HashMap<>();
    /** Whether the mail server takes mails. */
    boolean mailServerTakes = true;

    final List<String> flow = new ArrayList<>();
    final Questions questions = new Questions();
    final Lines lines = new Lines();
    /** What is in doubt about the client. */
    final Set<Doubts.Kind> doubts = EnumSet.noneOf(Doubts.Kind.class);
    /** The addresses of the firm's people. */
    final List<String> staff = new ArrayList<>();

    Instant now = noonOf(TODAY);
    /** What one user of Time costs at list price from the first of April on; until then 10.00. */
    String fromApril = "10.00";

    String earned = "120.00";
    /** Both tables as the tests have them, until an owner puts others in force. */
    EligibilityTable table = OF_TESTS;
    /** The row of the table of deadlines, until an owner edits it. */
    Deadlines.Allowance clientAnswer = new Deadlines.Allowance(14, List.of(3, 7));
    /** Plans that the price list knows. */
    final Set<String> plans = new HashSet<>(Set.of("PREMIUM", "PLUS"));

    private final Accounts accounts = clients.port();
    private final Cases cases = new Cases();
    private final KeptQuotes quotes = new KeptQuotes();
    private final KeptChanges changes = new KeptChanges();
    private final Clock clock = InMemory.ticking(() -> now);
    private final Deadlines deadlines = (step, on) -> switch (step) {
        case REVIEW -> new Deadlines.Allowance(30, List.of());
        case CLIENT_ANSWER -> clientAnswer;
        case QUOTE_VALIDITY -> new Deadlines.Allowance(14, List.of());
        case STOP_DATE -> new Deadlines.Allowance(30, List.of());
        case STOP_WARNING -> new Deadlines.Allowance(21, List.of());
        case STOP_NOTICE -> new Deadlines.Allowance(14, List.of());
        case INVITATION -> new Deadlines.Allowance(10, List.of());
        case REVIEW_WARNING, ANSWER_WARNING, CHANGE_WARNING -> new Deadlines.Allowance(3, List.of());
        case LOOK_AHEAD -> new Deadlines.Allowance(10, List.of());
        case SWITCH_RETRY -> new Deadlines.Allowance(7, List.of(1, 3));
        case CHANGE_BY_HAND -> new Deadlines.Allowance(1, List.of());
        case CHANGE_BY_HAND_REMINDER -> new Deadlines.Allowance(4, List.of());
        case PROOF_BY_HAND -> new Deadlines.Allowance(10, List.of(2, 6));
        case FIRST_BILLS -> new Deadlines.Allowance(7, List.of());
        case REFUND -> new Deadlines.Allowance(45, List.of());
        case INTEGRATION_BY_HAND -> new Deadlines.Allowance(5, List.of(2, 4));
    };
    private final PriceList prices = (product, plan, currency, basis, on) -> {
        if (!plans.contains(plan)) {
            throw new PriceList.UnknownPrice(new IllegalArgumentException("No price for " + plan));
        }
        boolean april = !on.isBefore(LocalDate.of(2026, 4, 1));
        Money perUser = Money.of(april ? fromApril : "10.00", currency);
        return new PriceList.Price(
                Money.of("20.00", currency),
                basis == PriceBasis.LIST ? perUser : perUser.times(new BigDecimal("0.7")),
                april ? "April" : "March");
    };
    private final PrimaryAdmins admins = InMemory.port(PrimaryAdmins.class, (proxy, method, given) -> {
        if (method.getName().equals("isDisputed")) {
            return false;
        }
        assertThat(method.getName()).isEqualTo("toAsk");
        return clients.account.client().admin();
    });
    private final Mails mails = InMemory.port(Mails.class, (proxy, method, given) -> {
        if (method.getName().equals("arrived")) {
            return Optional.ofNullable(sent.get((UUID) given[0]));
        }
        assertThat(method.getName()).isIn("post", "postForMorning");
        letters.add((Letter) given[0]);
        UUID id = UUID.randomUUID();
        if (mailServerTakes) {
            sent.put(id, now);
        }
        return id;
    });
    private final List<CommissionPayout> payouts = new ArrayList<>();
    private final Map<UUID, LocalDate> accrualEnds = new HashMap<>();
    private final Commissions commissions = InMemory.port(Commissions.class, (proxy, method, given) -> {
        if (method.getName().equals("balance")) {
            return earned.isEmpty() ? Optional.empty() : Optional.of(Money.of(earned, CAD));
        }
        if (method.getName().equals("end")) {
            accrualEnds.put((UUID) given[0], (LocalDate) given[1]);
            return null;
        }
        if (method.getName().equals("payWholeBalance") && !earned.isEmpty() && !earned.equals("0.00")) {
            payouts.add(new CommissionPayout(
                    (FirmId) given[0], new Occasion.OfTakeover((TakeoverKey) given[1]), Money.of(earned, CAD), (Instant)
                            given[2]));
        }
        return payouts.stream().findFirst();
    });
    private final TakeoverFlow told = InMemory.port(TakeoverFlow.class, (proxy, method, given) -> {
        if (method.getName().equals("isByItself")) {
            return false;
        }
        if (method.getName().equals("stopConfirmed")) {
            return false;
        }
        if (method.getName().equals("byItself")) {
            ((Runnable) given[0]).run();
            return null;
        }
        flow.add(method.getName());
        return null;
    });

    private final CaseFiles files = new CaseFiles(
            cases, accounts, quotes, questions, changes, bookings.port, previews.port, lines, event -> {}, clock);
    private final CalendarOfDeadlines calendar = new CalendarOfDeadlines(deadlines, clock);
    private final MakeCharge makeCharge = new MakeCharge(prices, (country, province, on) -> List.of());
    private final ExpectFirstBill firstBill =
            new ExpectFirstBill(new ForeseeFirstBill(makeCharge), calendar, sentences());
    private final TellParties tell = new TellParties(
            admins,
            new Postbox(mails, InMemory.port(DailyDigests.class, (proxy, method, given) -> false), told, clock),
            calendar,
            firstBill,
            InMemory.port(Warnings.class, (proxy, method, given) -> null));
    private final List<StopNotices.Posted> posted = new ArrayList<>();
    private final TellOfStop notices = new TellOfStop(
            InMemory.port(StopNotices.class, (proxy, method, given) -> {
                if (method.getName().equals("add")) {
                    posted.add((StopNotices.Posted) given[1]);
                }
                return posted;
            }),
            mails,
            accounts,
            cases,
            calendar,
            tell);
    private final Holds holds = new Holds(
            InMemory.port(Doubts.class, (proxy, method, given) -> {
                assertThat(method.getName()).isIn("holds", "holding");
                return method.getName().equals("holds") ? !doubts.isEmpty() : doubts;
            }),
            new AddressesOfFirm(firm -> staff),
            admins,
            questions);
    private final CheckEligibility eligibility =
            new CheckEligibility(facts -> table.reasonsAgainst(facts), cases, files, admins, holds, clock);
    private final PrepareQuote prepare =
            new PrepareQuote(files, quotes, new MakeQuote(makeCharge), calendar, eligibility, tell, clock);
    private final CostRise costRise = new CostRise(files, tell);
    private final ScheduleChange schedule = new ScheduleChange(
            files, calendar, eligibility, new Platforms<>(Map.of(PlatformName.LEDGER, InMemory.PLATFORM)), tell, clock);

    private final OpenTakeover open = new OpenTakeover(accounts, cases, files, told, eligibility, holds, clock);
    private final DecideReview review = new DecideReview(files, holds, previews.port, clock);
    private final AskClient ask = new AskClient(files, admins, holds, lines, calendar, tell, clock);
    private final AnswerRequest answers =
            new AnswerRequest(files, questions, prepare, told, costRise, eligibility, holds, tell, clock);
    private final CheckAgain check =
            new CheckAgain(files, quotes, prepare, costRise, eligibility, schedule, tell, clock);
    private final OrderIntegration order = new OrderIntegration(integrations.port, accounts, cases, clock);
    private final Platforms<BillingPlatform> platforms =
            new Platforms<>(Map.of(PlatformName.LEDGER, InMemory.PLATFORM));
    private final FollowFirstBills firstBills = new FollowFirstBills(
            files,
            InMemory.port(FirstBillsOfChanges.class, (proxy, method, given) -> false),
            platforms,
            deadlines,
            tell,
            told,
            clock);
    private final SwitchBilling billing =
            new SwitchBilling(files, accounts, bookings.port, check, schedule, order, firstBills, tell, clock);
    private final FollowBookings followBookings =
            new FollowBookings(cases, files, bookings.port, schedule, calendar, told, tell, clock);
    private final PayCommission commission = new PayCommission(files, commissions, tell, clock);
    private final CloseTakeover close = new CloseTakeover(files, tell, clock);
    private final StopIntegration stop =
            new StopIntegration(files, accounts, cases, holds, tell, notices, order, clock);
    private final FollowIntegrations followIntegrations =
            new FollowIntegrations(files, accounts, integrations.port, order, stop, told, tell);
    private final Withdraw withdraw = new Withdraw(files, told, tell, clock);
    private final Reconsider reconsider = new Reconsider(files, told, tell);
    private final DisownQuestion disown = new DisownQuestion(files, questions, told, tell, clock);
    private final SendLinkAgain again = new SendLinkAgain(files, questions, lines, holds, tell, clock);
    private final AsSeen asSeen = new AsSeen(files);
    private final ResolveProblem problem = new ResolveProblem(files, schedule, tell, clock);
    private final FollowAccount follow = new FollowAccount(
            files, accounts, cases, prepare, schedule, told, costRise, eligibility, calendar, admins, tell, clock);
    private final FollowPreviews followPreviews = new FollowPreviews(files, previews.port, told, follow, clock);

    private final CorrectPrimaryAdmin correct = new CorrectPrimaryAdmin(
            files,
            accounts,
            admins,
            new AddressesOfFirm(firm -> staff),
            holds,
            lines,
            told,
            InMemory.port(ApplicationEventPublisher.class, (proxy, method, given) -> {
                follow((AccountChanged) given[0]);
                return null;
            }),
            clock);

    private final PlatformTransactionManager transactions =
            InMemory.port(PlatformTransactionManager.class, (proxy, method, given) -> null);
    private final QuestionsOfEarlierVersions earlierQuestions = new QuestionsOfEarlierVersions(
            questions,
            new EndQuestionsToFirms(files, holds, told, tell, transactions),
            new KeepDaysOfQuestions(files, calendar, told, clock),
            transactions);

    private final TakeoverKey key = new TakeoverKey("TKO-2026-00001");

    Quote estimate(Way way) {
        return prepare.estimate(account(), way);
    }

    /** Both ways beside each other, at the newest quote. */
    CompareWays.SideBySide compared(Payer reader, Language language) {
        return new CompareWays(prepare, eligibility, commissions, calendar, firstBill, sentences())
                .of(file(), file().quote().orElseThrow(), reader, language);
    }

    /** What the reader is told to expect of the first bill, by the case's own way. */
    FirstBillSheet firstBill(Payer reader, Language language) {
        return firstBill.inWords(file(), state().way(), reader, language).orElseThrow();
    }

    private static ResourceBundleMessageSource sentences() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasenames("messages/takeover", "messages/quote");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return messages;
    }

    State state() {
        return cases.takeover(key).state();
    }

    CaseFile file() {
        return files.read(key);
    }

    static Instant noonOf(LocalDate day) {
        return day.atTime(LocalTime.NOON).atZone(MONTREAL).toInstant();
    }

    // ---- what people and diagrams ask for, in one word each

    static Consumer<House> opened() {
        return house -> house.open.open(house.clients.account.client().id(), "alice");
    }

    static Consumer<House> clientsWayOffered() {
        return house ->
                house.open.offerClientsWay(house.clients.account.client().id(), "alice");
    }

    static Consumer<House> refusedByTheTable() {
        return house -> house.open.refuse(house.key, List.of(new Ineligibility("NO_PAYMENT_METHOD", null)));
    }

    static Consumer<House> quoted() {
        return house -> house.prepare.forReview(house.key).orRefuse();
    }

    static Consumer<House> decided(DecideReview.Decision decision) {
        return house -> house.review.decide(
                house.key,
                "alice",
                decision,
                true,
                house.file().quote().orElseThrow().number().text());
    }

    static Consumer<House> takenOverByFirm() {
        return decided(DecideReview.Decision.TAKE_OVER);
    }

    static Consumer<House> leftSeparate() {
        return decided(DecideReview.Decision.LEAVE_SEPARATE);
    }

    static Consumer<House> reviewLapsed() {
        return house -> house.review.lapsed(house.key).orRefuse();
    }

    static Consumer<House> offeredToClient() {
        return house -> house.prepare.forClient(house.key).orRefuse();
    }

    static Consumer<House> asked() {
        return house -> house.ask.ask(house.key).orRefuse();
    }

    static Consumer<House> reminded() {
        return house -> house.ask.remind(house.key).orRefuse();
    }

    /** An owner edits the days of the client's answer. */
    static Consumer<House> daysToAnswer(int days, Integer... reminderDays) {
        return house -> house.clientAnswer = new Deadlines.Allowance(days, List.of(reminderDays));
    }

    /** The product starts on data of an earlier version. */
    static Consumer<House> upgraded() {
        return house -> {
            house.questions.ofEarlierVersion = true;
            house.earlierQuestions.lookAtAll();
        };
    }

    static Consumer<House> unanswered() {
        return house -> house.ask.noAnswer(house.key).orRefuse();
    }

    static Consumer<House> confirmed() {
        return house -> house.answer(true);
    }

    static Consumer<House> declined() {
        return house -> house.answer(false);
    }

    static Consumer<House> confirmedByPhone() {
        return house -> house.answerByPhone(house.answerOf(true));
    }

    static Consumer<House> scheduled() {
        return house -> house.schedule.schedule(house.key).orRefuse();
    }

    static Consumer<House> checked() {
        return house -> house.check.check(house.key).orRefuse();
    }

    /** The diagram asks whether the payer has changed. */
    static Consumer<House> askedToSwitch() {
        return house -> house.billing.switchPayer(house.key).orRefuse();
    }

    /** The platform makes the bills of the date with what is booked. */
    static Consumer<House> billsMade() {
        return house -> house.bookings.wanted().ifPresent(booking -> {
            house.now = house.now.isBefore(booking.cutOff()) ? booking.cutOff() : house.now;
            house.bookings.is(booking.order().key(), Progress.CONFIRMED);
        });
    }

    /** The platform makes the bills of the date, and the case hears of it. */
    static Consumer<House> switched() {
        return billsMade().andThen(askedToSwitch());
    }

    /** The platform says this of what the case wants. */
    static Consumer<House> platformSays(Progress word) {
        return house -> house.platformSays(word, Optional.empty());
    }

    static Consumer<House> platformRejects(Rejection reason) {
        return house -> house.platformSays(Progress.REJECTED, Optional.of(reason));
    }

    private void platformSays(Progress word, Optional<Rejection> reason) {
        Booking booking = bookings.all.get(bookings.all.size() - 1);
        followBookings.on(new Booking.Told(booking, word, reason));
        bookings.is(booking.order().key(), word);
    }

    /** The platform says this of what it is asked ahead. */
    static Consumer<House> platformForesees(Preview preview) {
        return house -> {
            Previews.Wanted wanted = house.previews.wanted.orElseThrow();
            house.followPreviews.on(new Previews.Told(wanted, preview));
            house.previews.said(wanted, preview);
        };
    }

    static Consumer<House> platformForeseesRefusal(Rejection reason) {
        return platformForesees(new Preview.Refuses(reason));
    }

    /** The date of the change that the platform is asked about ahead. */
    Optional<LocalDate> askedAheadOf() {
        return previews.wanted.map(wanted -> wanted.order().effective());
    }

    /** The date for which the platform is to change the payer. */
    Optional<LocalDate> wantedOn() {
        return bookings.wanted().map(booking -> booking.order().effective());
    }

    static Consumer<House> paidOut() {
        return house -> house.commission.pay(house.key).orRefuse();
    }

    static Consumer<House> closed() {
        return house -> house.close.close(house.key).orRefuse();
    }

    static Consumer<House> closedSinceNothingIsLeft() {
        return house -> house.close.nothingLeft(house.key).orRefuse();
    }

    static Consumer<House> stopPlanned() {
        return house -> house.stop.plan(house.key).orRefuse();
    }

    static Consumer<House> toldOfStop() {
        return house -> house.stop.warn(house.key).orRefuse();
    }

    /** What a stop of the case waits for now. */
    StopIntegration.Due stopWaitsFor() {
        return stop.plan(key).orRefuse();
    }

    static Consumer<House> mailServer(boolean takes) {
        return house -> house.mailServerTakes = takes;
    }

    static Consumer<House> stopOrdered() {
        return house -> house.stop.stop(house.key).orRefuse();
    }

    /** The platform has made what it was ordered last, if anything. */
    static Consumer<House> integrationSet() {
        return house -> house.integrationIs(IntegrationOrder.Progress.CONFIRMED);
    }

    static Consumer<House> stopped() {
        return stopOrdered().andThen(integrationSet());
    }

    private void integrationIs(IntegrationOrder.Progress word) {
        integrations.all.stream().reduce((earlier, later) -> later).ifPresent(last -> {
            followIntegrations.on(new IntegrationOrder.Told(last, word));
            integrations.is(last, last.isWanted(), word);
        });
    }

    static Consumer<House> withdrawnByFirm() {
        return house -> house.withdraw.byFirm(house.key, "alice");
    }

    static Consumer<House> withdrawnByClient() {
        return house -> house.withdraw.byClient(house.key);
    }

    static Consumer<House> offeredInstead() {
        return house -> house.withdraw.forTheClientsWay(house.key, "alice");
    }

    static Consumer<House> disowned() {
        return house -> house.disown.run(house.questions.of(house.key).get(0).id());
    }

    static Consumer<House> linkSentAgain() {
        return house -> house.again.byStaff(house.key, "simon");
    }

    static Consumer<House> linkAskedForBy(String email) {
        return house -> house.again.forReaderOf(email);
    }

    static Consumer<House> linkAskedForWithALink() {
        return house ->
                house.again.forHolderOf(house.questions.of(house.key).get(0).id());
    }

    static Consumer<House> adminCorrected(String name, String email) {
        return house -> house.correct.run(house.key, new PrimaryAdmin(name, email), "simon");
    }

    /** Somebody does on a page what was possible when it showed {@code seen}. */
    static Consumer<House> having(@Nullable Seen seen, Consumer<House> action) {
        return house -> house.asSeen.run(house.key, seen, () -> action.accept(house));
    }

    Seen seen() {
        return Seen.of(file().takeover());
    }

    static Consumer<House> reconsideredByClient() {
        return house -> house.reconsider.byClient(house.key);
    }

    static Consumer<House> reconsidered() {
        return house -> house.reconsider.byFirm(house.key, "alice");
    }

    static Consumer<House> resolved(ResolveProblem.Resolution resolution) {
        return house -> house.problem.resolve(
                house.key,
                "olivia",
                resolution,
                house.problem.dateIfRetried(house.key).orElse(null));
    }

    static Consumer<House> retriedHavingSeen(LocalDate date) {
        return house -> house.problem.resolve(house.key, "olivia", ResolveProblem.Resolution.RETRY, date);
    }

    /** The client's local day begins. */
    static Consumer<House> dayIs(LocalDate day) {
        return house -> house.now =
                day.atStartOfDay(house.clients.account.client().timeZone()).toInstant();
    }

    /** An instant before the client's local day begins. */
    static Consumer<House> justBefore(LocalDate day) {
        return dayIs(day).andThen(house -> house.now = house.now.minusNanos(1));
    }

    /** A list brings what changed elsewhere, and the case looks at it. */
    static Consumer<House> listed(Consumer<Clients> change) {
        return house -> {
            change.accept(house.clients);
            house.follow.on(new AccountChanged(house.clients.account.client().id(), List.of()));
        };
    }

    /** Something changes elsewhere, and nobody lists it. */
    static Consumer<House> unnoticed(Consumer<Clients> change) {
        return house -> change.accept(house.clients);
    }

    /** As the diagrams do, once a withdrawal has happened. */
    void tellOfWithdrawal() {
        lines.lines.stream()
                .map(Happened::what)
                .filter(Happening.Withdrawn.class::isInstance)
                .map(Happening.Withdrawn.class::cast)
                .forEach(withdrawn -> tell.withdrawn(file(), withdrawn.by()));
    }

    /** As the diagrams do, once a change has its date. */
    void tellOfSchedule() {
        tell.scheduled(file());
    }

    private void follow(AccountChanged changed) {
        follow.on(changed);
    }

    private void answer(boolean yes) {
        answers.answer(file().openQuestion().orElseThrow().id(), answerOf(yes));
    }

    void answerByPhone(ConsentRequest.Answer answer) {
        answers.answerByPhone(
                key, answer, file().openQuestion().orElseThrow().quote().text());
    }

    private ConsentRequest.Answer answerOf(boolean yes) {
        return new ConsentRequest.Answer(
                yes,
                "Mireille Gagnon",
                "Owner",
                ConsentRequest.Channel.PHONE,
                "simon",
                Language.FR,
                "+1 514 555-0100",
                null,
                now);
    }

    /** The firm without its "wholesale billing" or its "payment method". */
    static Firm without(Firm firm, String what) {
        return like(
                firm,
                "wholesaleBilling",
                firm.wholesaleBilling() && !what.equals("wholesale billing"),
                "paymentMethodOnFile",
                firm.paymentMethodOnFile() && !what.equals("payment method"));
    }

    /** What was told to whom. */
    List<String> kinds() {
        return letters.stream()
                .map(letter -> letter.kind() + " to " + letter.party())
                .toList();
    }

    List<String> codes() {
        return lines.lines.stream().map(Happened::what).map(Happening::code).toList();
    }

    Account account() {
        return clients.account;
    }

    Optional<CommissionPayout> payout() {
        return payouts.stream().findFirst();
    }
}
