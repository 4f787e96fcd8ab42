package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.Booking;
import org.billingtakeover.billing.Bookings;
import org.billingtakeover.billing.Previews;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.Happening.Happened;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

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
        Read read = ofThisTransaction();
        CaseFile known = read.files.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<CaseFile> found = takeovers.find(key).map(this::load);
        found.ifPresent(file -> read.files.put(key, file));
        return found;
    }

    /** The file of a case on which somebody acts; others who do take turns until the transaction ends. */
    CaseFile lock(TakeoverKey key) {
        Read read = ofThisTransaction();
        CaseFile known = read.files.get(key);
        if (known != null && read.locked.contains(key)) {
            return known;
        }
        CaseFile file = load(takeovers.lock(key));
        read.locked.add(key);
        read.files.put(key, file);
        return file;
    }

    /** The file, with the account as it is by now. */
    CaseFile withAccountAsItIs(CaseFile file) {
        return know(new CaseFile(
                file.takeover(),
                accounts.account(file.takeover().clientId()),
                file.quotes(),
                file.questions(),
                file.happened()));
    }

    /** Begins the file of a case that was kept just now, and is nobody else's yet. */
    CaseFile opened(Takeover takeover, Account account, String actor) {
        ofThisTransaction().locked.add(takeover.key());
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
        ofThisTransaction().files.put(file.key(), file);
        return file;
    }

    private CaseFile load(Takeover takeover) {
        return new CaseFile(
                takeover,
                accounts.account(takeover.clientId()),
                quotes.of(takeover.key()),
                questions.of(takeover.key()),
                List.of());
    }

    private Read ofThisTransaction() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            return new Read();
        }
        Object known = TransactionSynchronizationManager.getResource(this);
        if (known != null) {
            return (Read) known;
        }
        Read read = new Read();
        TransactionSynchronizationManager.bindResource(this, read);
        TransactionSynchronizationManager.registerSynchronization(read);
        return read;
    }

    /** What one transaction has read. */
    private final class Read implements TransactionSynchronization {

        final Map<TakeoverKey, CaseFile> files = new HashMap<>();
        final Set<TakeoverKey> locked = new HashSet<>();

        // A transaction within this one reads for itself.
        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(CaseFiles.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(CaseFiles.this, this);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(CaseFiles.this);
        }
    }
}
