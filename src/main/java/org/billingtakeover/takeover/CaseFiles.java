package org.billingtakeover.takeover;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.Booking;
import org.billingtakeover.billing.Bookings;
import org.billingtakeover.billing.Previews;
import org.billingtakeover.kernel.OfTransaction;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.Happening.Happened;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Hands out case files, each read once a transaction, and keeps what happens in a case: its state, and what led to it. */
@Component
public class CaseFiles {

    private static final Duration AFTER_BOOKING = Duration.ofDays(1);

    private final Takeovers takeovers;
    private final Accounts accounts;
    private final Quotes quotes;
    private final ConsentRequests questions;
    private final BillingChange.Changes changes;
    private final Bookings bookings;
    private final Previews previews;
    private final CaseEvents events;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;
    private final OfTransaction<Read> ofTransaction = new OfTransaction<>(Read::new);

    CaseFiles(
            Takeovers takeovers,
            Accounts accounts,
            Quotes quotes,
            ConsentRequests questions,
            BillingChange.Changes changes,
            Bookings bookings,
            Previews previews,
            CaseEvents events,
            ApplicationEventPublisher publisher,
            Clock clock) {
        this.takeovers = takeovers;
        this.accounts = accounts;
        this.quotes = quotes;
        this.questions = questions;
        this.changes = changes;
        this.bookings = bookings;
        this.previews = previews;
        this.events = events;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** @throws java.util.NoSuchElementException if there is no such case */
    public CaseFile read(TakeoverKey key) {
        return find(key).orElseThrow();
    }

    public Optional<CaseFile> find(TakeoverKey key) {
        return find(List.of(key)).stream().findFirst();
    }

    /** The files of those of these cases that there are, read at once. */
    List<CaseFile> find(Collection<TakeoverKey> keys) {
        Map<TakeoverKey, CaseFile> known = ofTransaction.get().files;
        List<TakeoverKey> unknown =
                keys.stream().filter(key -> !known.containsKey(key)).toList();
        if (!unknown.isEmpty()) {
            known.putAll(load(takeovers.find(unknown)));
        }
        return keys.stream().map(known::get).filter(Objects::nonNull).toList();
    }

    /** The file of a case on which somebody acts; others who do take turns until the transaction ends. */
    CaseFile lock(TakeoverKey key) {
        return Optional.ofNullable(locked(List.of(key)).files.get(key)).orElseThrow();
    }

    /** Likewise of those of these cases that there are, read at once for whoever asks for each of them. */
    public void lock(Collection<TakeoverKey> keys) {
        locked(keys);
    }

    private Read locked(Collection<TakeoverKey> keys) {
        Read read = ofTransaction.get();
        List<TakeoverKey> others =
                keys.stream().filter(key -> !read.locked.contains(key)).toList();
        if (!others.isEmpty()) {
            read.files.putAll(load(takeovers.lock(others)));
            read.locked.addAll(others);
        }
        return read;
    }

    /** The file, with the account as it is by now. */
    CaseFile withAccountAsItIs(CaseFile file) {
        return withAccount(file, accounts.account(file.takeover().clientId()));
    }

    /** The file, with the account as whoever calls has just kept it. */
    CaseFile withAccount(CaseFile file, Account account) {
        return know(new CaseFile(file.takeover(), account, file.quotes(), file.questions(), file.happened()));
    }

    /** Begins the file of a case that was kept just now, and is nobody else's yet. */
    CaseFile opened(Takeover takeover, Account account, String actor) {
        ofTransaction.get().locked.add(takeover.key());
        return turn(
                new CaseFile(takeover, account, List.of(), List.of(), List.of()),
                actor,
                new Verdict.Allowed(takeover.state(), List.of(new Happening.Opened())));
    }

    /**
     * Keeps the case's next state and publishes what happened, in the order in which it happened.
     *
     * @param more what happened beside it
     */
    CaseFile turn(CaseFile file, String actor, Verdict.Allowed allowed, Happening... more) {
        List<Happening> happened = new ArrayList<>(List.of(more));
        happened.addAll(allowed.happened());
        CaseFile turned = know(file.after(allowed.next(), happened));
        happened.forEach(what -> keep(file.key(), what));
        if (!turned.takeover().equals(file.takeover())) {
            takeovers.update(turned.takeover());
        }
        Instant now = clock.instant();
        book(file, turned, now);
        preview(file, turned, now);
        for (Happening what : happened) {
            Happened told = new Happened(file.key(), now, actor, what);
            events.add(told);
            publisher.publishEvent(told);
        }
        return turned;
    }

    /** As {@link #turn}, unless the case does not allow it. */
    Attempt<CaseFile> attempt(CaseFile file, String actor, Verdict verdict, Happening... more) {
        return verdict instanceof Verdict.Denied denied
                ? Attempt.refused(denied)
                : Attempt.done(turn(file, actor, verdict.orRefuse(), more));
    }

    /** What a case wants of the platform follows from where it stands alone; what was made stays booked. */
    private void book(CaseFile before, CaseFile turned, Instant now) {
        Optional<Booking.Wish> wish = turned.wish();
        if (!wish.equals(before.wish()) && !(turned.state() instanceof State.Done)) {
            wish.ifPresentOrElse(
                    wanted -> bookings.want(turned.key(), wanted, now), () -> bookings.wantNothing(turned.key(), now));
        }
    }

    /** What is booked is asked about in doing so. */
    private void preview(CaseFile before, CaseFile turned, Instant now) {
        Optional<Order> prospect = turned.prospect(now);
        if (!prospect.equals(before.prospect(now))) {
            Instant first = turned.state() instanceof State.Scheduled ? now.plus(AFTER_BOOKING) : now;
            prospect.ifPresentOrElse(
                    order -> previews.want(order, turned.account().firm().platform(), first),
                    () -> previews.wantNothing(turned.key()));
        }
    }

    private void keep(TakeoverKey key, Happening what) {
        if (what instanceof Happening.QuoteKept kept) {
            quotes.add(key, kept.kept());
        } else if (what instanceof Happening.ClientAsked asked) {
            questions.add(asked.request());
        } else if (what instanceof Happening.QuestionKept kept) {
            questions.update(kept.request());
        } else if (what instanceof Happening.Switched switched) {
            changes.add(switched.change());
        }
    }

    private CaseFile know(CaseFile file) {
        ofTransaction.get().files.put(file.key(), file);
        return file;
    }

    private Map<TakeoverKey, CaseFile> load(List<Takeover> cases) {
        List<TakeoverKey> keys = cases.stream().map(Takeover::key).toList();
        Map<UUID, Account> accountsOf =
                accounts.find(cases.stream().map(Takeover::clientId).distinct().toList()).stream()
                        .collect(toMap(account -> account.client().id(), account -> account));
        Map<TakeoverKey, List<Quotes.Kept>> quotesOf = quotes.of(keys);
        Map<TakeoverKey, List<ConsentRequest>> questionsOf =
                questions.of(keys).stream().collect(groupingBy(ConsentRequest::takeover));
        return cases.stream()
                .map(each -> new CaseFile(
                        each,
                        Optional.ofNullable(accountsOf.get(each.clientId())).orElseThrow(),
                        quotesOf.getOrDefault(each.key(), List.of()),
                        questionsOf.getOrDefault(each.key(), List.of()),
                        List.of()))
                .collect(toMap(CaseFile::key, file -> file));
    }

    /** What one transaction has read. */
    private static final class Read {

        final Map<TakeoverKey, CaseFile> files = new HashMap<>();
        final Set<TakeoverKey> locked = new HashSet<>();
    }
}
