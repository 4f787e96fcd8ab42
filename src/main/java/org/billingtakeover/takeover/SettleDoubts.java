package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.AccountChanged;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.BillingArrangement;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.CompanySpellings;
import org.billingtakeover.account.Difference;
import org.billingtakeover.account.Doubts;
import org.billingtakeover.account.Doubts.PayerDoubt;
import org.billingtakeover.account.Integration;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.PayerBooks;
import org.billingtakeover.account.PayerBooks.Standing;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.account.StopDates;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Product;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * A person decides what lists left in doubt: billing operations who pays and which company an id means, a firm whether a client that its
 * list does not name is still its client.
 */
@Component
public class SettleDoubts {

    private final Accounts accounts;
    private final Doubts doubts;
    private final CompanySpellings spellings;
    private final PayerBooks books;
    private final Takeovers takeovers;
    private final StopDates stopDates;
    private final ApplicationEventPublisher publisher;
    private final Clock clock;

    SettleDoubts(
            Accounts accounts,
            Doubts doubts,
            CompanySpellings spellings,
            PayerBooks books,
            Takeovers takeovers,
            StopDates stopDates,
            ApplicationEventPublisher publisher,
            Clock clock) {
        this.accounts = accounts;
        this.doubts = doubts;
        this.spellings = spellings;
        this.books = books;
        this.takeovers = takeovers;
        this.stopDates = stopDates;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** Who is right about a payer. */
    public enum Side {
        LIST,
        BOOKS
    }

    /**
     * Either the payer stays who it is in the books, or whom the list names pays from today on, local date of the client.
     *
     * @throws Refusal {@code alreadySettled}
     */
    @Transactional
    public void payer(UUID doubt, Side right, String actor) {
        PayerDoubt found = doubts.payerInDoubt(doubt).orElseThrow(() -> new Refusal("alreadySettled"));
        CompanyId company = accounts.account(found.clientId()).client().companyId();
        takeovers.lockOpenOf(List.of(company));
        Account account = accounts.account(found.clientId());
        if (right == Side.LIST) {
            doubts.answer(doubt, right.name(), actor, false);
            believeList(account, found, actor);
        } else {
            doubts.answer(doubt, right.name(), actor, !agreesWithBooks(account, found));
        }
        publisher.publishEvent(new Settled(
                company, account.firm().id(), Doubts.Kind.PAYER.name(), found.product() + " " + right, actor));
    }

    private boolean agreesWithBooks(Account account, PayerDoubt doubt) {
        return books.entry(account.client().companyId(), doubt.product())
                        .of(
                                account.firm().id(),
                                account.subscription(doubt.product()).payer())
                == Standing.AGREES;
    }

    private void believeList(Account account, PayerDoubt doubt, String actor) {
        Client client = account.client();
        LocalDate today = LocalDate.now(clock.withZone(client.timeZone()));
        Subscription subscription = account.subscription(doubt.product());
        books.correct(client.companyId(), doubt.product(), doubt.listed(), client.firmId(), today);
        accounts.changePayer(subscription.id(), doubt.listed(), PriceBasis.of(doubt.product(), doubt.listed()));
        doubts.holdOthers(client.companyId(), doubt.product(), doubt.listed(), client.id(), doubt.asOf(), actor);
        accounts.changeIntegration(client.id(), integration(accounts.account(client.id()), today));
        publisher.publishEvent(new AccountChanged(client.id(), List.of(differs(subscription, doubt))));
    }

    private static Difference differs(Subscription before, PayerDoubt doubt) {
        return new Difference(
                doubt.product() == Product.QUICKBOOKS_ONLINE ? "ONLINE_PAYER" : "TIME_PAYER",
                before.payer().name(),
                doubt.listed().name());
    }

    private Integration integration(Account account, LocalDate today) {
        Integration known = account.client().integration();
        if (account.arrangement() != BillingArrangement.SPLIT) {
            return known.status() == IntegrationStatus.STOPPED ? known : new Integration(known.status(), null);
        }
        return known.stopDate() == null ? new Integration(known.status(), stopDates.defaultFor(today)) : known;
    }

    /**
     * A company is kept on under the spelling of this client; the others of its firm are put away.
     *
     * @throws java.util.NoSuchElementException if there is no such client
     * @throws Refusal {@code otherSpellingHasCase} while a case of the company is open under another of its spellings
     */
    @Transactional
    public void spelling(UUID clientId, String actor) {
        Client client = accounts.account(clientId).client();
        takeovers
                .openOfCompany(client.companyId())
                .filter(open -> !open.clientId().equals(clientId))
                .ifPresent(open -> {
                    throw new Refusal("otherSpellingHasCase", open.key());
                });
        doubts.keepSpelling(clientId, actor);
        publisher.publishEvent(
                new Settled(client.companyId(), client.firmId(), Doubts.Kind.SPELLING.name(), "KEPT", actor));
    }

    /**
     * What differs from another id of the firm by zeros alone is a company of its own.
     *
     * @throws java.util.NoSuchElementException if there is no such client
     * @throws Refusal {@code alreadySettled}
     */
    @Transactional
    public void otherCompany(UUID clientId, String actor) {
        Client client = accounts.account(clientId).client();
        if (!doubts.isOtherCompany(clientId, actor)) {
            throw new Refusal("alreadySettled");
        }
        publisher.publishEvent(
                new Settled(client.companyId(), client.firmId(), Doubts.Kind.SPELLING.name(), "OTHER_COMPANY", actor));
    }

    /**
     * An id on a firm's list means the company that it resembles, or another.
     *
     * @throws Refusal {@code alreadySettled}
     */
    @Transactional
    public void id(UUID id, boolean same, String actor) {
        CompanySpellings.InDoubt asked =
                spellings.answer(id, same, actor).orElseThrow(() -> new Refusal("alreadySettled"));
        publisher.publishEvent(new Settled(
                asked.known().id(),
                asked.firmId(),
                Doubts.Kind.SPELLING.name(),
                asked.line().id() + (same ? " = " : " ≠ ") + asked.known().id(),
                actor));
    }

    /**
     * Each id on a firm's list whose primary admin or name is the same as known means the company that it resembles.
     *
     * @throws Refusal {@code alreadySettled} if somebody answers the same meanwhile; nothing is kept then
     */
    @Transactional
    public void alike(FirmId firm, String actor) {
        spellings.alikeOf(firm).forEach(each -> id(each, true, actor));
    }

    /**
     * The firm says whether a client that its list does not name is still its client. One that is not is held until a list names it again.
     *
     * @throws java.util.NoSuchElementException if there is no such client
     * @throws Refusal {@code alreadySettled}, or {@code clientHasCase} for one that is no longer its client and has an open case
     */
    @Transactional
    public void notListed(UUID clientId, boolean stillClient, String actor) {
        Client client = accounts.account(clientId).client();
        if (!stillClient) {
            takeovers
                    .openOfCompany(client.companyId())
                    .filter(open -> open.clientId().equals(clientId))
                    .ifPresent(open -> {
                        throw new Refusal("clientHasCase", open.key());
                    });
        }
        if (!doubts.answerNotListed(clientId, stillClient, actor)) {
            throw new Refusal("alreadySettled");
        }
        publisher.publishEvent(new Settled(
                client.companyId(),
                client.firmId(),
                Doubts.Kind.NOT_LISTED.name(),
                stillClient ? "STILL_CLIENT" : "LEFT",
                actor));
    }

    /**
     * Published in the transaction that settles it.
     *
     * @param doubt of what kind it was
     * @param answer in codes and ids
     */
    public record Settled(CompanyId companyId, FirmId firmId, String doubt, String answer, String actor) {}
}
