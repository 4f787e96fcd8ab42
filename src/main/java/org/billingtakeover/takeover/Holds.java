package org.billingtakeover.takeover;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.AddressesOfFirm;
import org.billingtakeover.account.Doubts;
import org.billingtakeover.account.PrimaryAdmin;
import org.billingtakeover.account.PrimaryAdmins;
import org.springframework.stereotype.Component;

/** What keeps a client from being asked, mailed or switched until a person has mended it, whatever its case says. */
@Component
public class Holds {

    static final String IN_DOUBT = "inDoubt";
    static final String FIRM_ASKED = "firmAsked";
    static final String WRONG_PERSON = "wrongPerson";

    private final Doubts doubts;
    private final AddressesOfFirm addresses;
    private final PrimaryAdmins admins;
    private final ConsentRequests questions;

    Holds(Doubts doubts, AddressesOfFirm addresses, PrimaryAdmins admins, ConsentRequests questions) {
        this.doubts = doubts;
        this.addresses = addresses;
        this.admins = admins;
        this.questions = questions;
    }

    /** Whether what lists say of the client is in doubt. */
    public boolean isInDoubt(Account account) {
        return doubts.holds(account.client().id());
    }

    /** The first thing that is in doubt, as {@link Doubts.Kind} has them in order. */
    Optional<Doubts.Kind> doubtAbout(Account account) {
        return doubts.holding(account.client().id()).stream().min(Comparator.naturalOrder());
    }

    /** Whether whoever would be asked is, or may be, the firm itself. */
    public boolean isFirmAsked(Account account) {
        return isOfFirm(account, admins.toAsk(account));
    }

    /** Whether whoever is to be asked about this account is, or may be, its firm. */
    boolean isOfFirm(Account account, PrimaryAdmin toAsk) {
        return addresses.owns(account.firm(), toAsk.email());
    }

    /** Whether whoever would be asked has said that they are not the person to ask. */
    boolean isWrongPersonAsked(Account account) {
        return isDisowned(account, admins.toAsk(account).email());
    }

    /** Whether whoever reads this address has said that they are not this client's primary admin. */
    boolean isDisowned(Account account, String email) {
        return questions.isDisowned(account.client().id(), email);
    }

    /** All that holds the client: codes of the sentences that say what it is and who mends it. */
    public List<String> of(Account account) {
        return Stream.concat(
                        doubts.holding(account.client().id()).stream()
                                .map(Enum::name)
                                .sorted(),
                        Stream.concat(
                                isFirmAsked(account) ? Stream.of("FIRM_ASKED") : Stream.empty(),
                                isWrongPersonAsked(account) ? Stream.of("WRONG_PERSON") : Stream.empty()))
                .toList();
    }

    /** Why the client cannot be asked now: the code of the sentence that says so. */
    Optional<String> againstAsking(Account account) {
        if (isInDoubt(account)) {
            return Optional.of(IN_DOUBT);
        }
        if (isFirmAsked(account)) {
            return Optional.of(FIRM_ASKED);
        }
        return isWrongPersonAsked(account) ? Optional.of(WRONG_PERSON) : Optional.empty();
    }

    /** @throws Refusal {@code primaryAdminDisputed}, {@code inDoubt}, {@code firmAsked} or {@code wrongPerson} */
    void refuseUnlessToBeAsked(Account account) {
        if (admins.isDisputed(account)) {
            throw new Refusal("primaryAdminDisputed");
        }
        againstAsking(account).ifPresent(code -> {
            throw new Refusal(code);
        });
    }

    /** Why a case that stands here cannot go on now; empty also where it only waits for somebody. */
    public Optional<String> against(State state, Account account) {
        if (state instanceof State.Acknowledged || state instanceof State.Offered) {
            return againstAsking(account);
        }
        boolean wouldAct = state instanceof State.Pending || state instanceof State.Stopping;
        return wouldAct && isInDoubt(account) ? Optional.of(IN_DOUBT) : Optional.empty();
    }

    /** Whether a step was refused because the client is held, not because the case stands elsewhere. */
    public static boolean isWhy(Verdict.Denied denied) {
        return denied.code().equals(IN_DOUBT)
                || denied.code().equals(FIRM_ASKED)
                || denied.code().equals(WRONG_PERSON);
    }
}
