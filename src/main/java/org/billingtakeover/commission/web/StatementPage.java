package org.billingtakeover.commission.web;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.commission.CommissionTerms;
import org.billingtakeover.commission.Commissions;
import org.billingtakeover.commission.Occasion;
import org.billingtakeover.commission.Quarter;
import org.billingtakeover.commission.Quarters;
import org.billingtakeover.commission.Statements;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.ListPage;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Right;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.kernel.TakeoverKey;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** A firm's statement: its balance and what comes of it, what it was paid, and each entry with its source. */
@Controller
class StatementPage {

    /** Ten years of quarters with a payout each; older ones are in the audit. */
    private static final int PAYOUTS_SHOWN = 40;

    private final Accounts accounts;
    private final Commissions commissions;
    private final CommissionTerms terms;
    private final Statements statements;
    private final Quarters quarters;
    private final Clock clock;

    StatementPage(
            Accounts accounts,
            Commissions commissions,
            CommissionTerms terms,
            Statements statements,
            Quarters quarters,
            Clock clock) {
        this.accounts = accounts;
        this.commissions = commissions;
        this.terms = terms;
        this.statements = statements;
        this.quarters = quarters;
        this.clock = clock;
    }

    @GetMapping("/commissions")
    String statement(
            @AuthenticationPrincipal StaffMember staff,
            @RequestParam(required = false) @Nullable FirmId firm,
            @RequestParam(defaultValue = "1") int page,
            Locale locale,
            Model model) {
        if (!staff.may(Right.SEE_COMMISSIONS)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
        List<Firm> firms =
                accounts.firms().stream().filter(each -> staff.sees(each.id())).toList();
        Firm shown = firms.stream()
                .filter(each -> firm == null || each.id().equals(firm))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        Language language = Language.of(locale);
        Quarter quarter = Quarter.of(LocalDate.ofInstant(clock.instant(), shown.timeZone()));
        Optional<Money> balance = commissions.balance(shown.id());
        ListPage current = ListPage.of(statements.countEntries(shown.id()), page);
        model.addAttribute("firms", firms);
        model.addAttribute("firm", shown);
        model.addAttribute("balance", balance.orElse(null));
        model.addAttribute("settledOn", quarter.lastDay().plusDays(1));
        model.addAttribute(
                "terms",
                terms.of(shown.currency(), quarter.lastDay())
                        .map(inForce -> TermsInWords.of(inForce, balance, language))
                        .orElse(null));
        model.addAttribute("payouts", payouts(shown));
        model.addAttribute(
                "quarters",
                quarters.of(shown.id()).stream()
                        .sorted(Comparator.comparing((Quarters.Settled each) ->
                                        each.quarter().text())
                                .reversed())
                        .limit(PAYOUTS_SHOWN)
                        .toList());
        model.addAttribute("page", current);
        model.addAttribute(
                "entries",
                statements.entries(shown.id(), current.offset(), ListPage.LENGTH).stream()
                        .map(entry -> Line.of(entry, language))
                        .toList());
        return "commission/statement";
    }

    private List<Payout> payouts(Firm firm) {
        return statements.payments(firm.id(), PAYOUTS_SHOWN).stream()
                .map(payment -> Payout.of(payment, firm.timeZone()))
                .toList();
    }

    private static String percent(BigDecimal percent, Language language) {
        String digits = percent.stripTrailingZeros().toPlainString();
        return language == Language.FR ? digits.replace('.', ',') : digits;
    }

    /**
     * The terms at the end of the quarter under way.
     *
     * @param below whether the balance is carried over as it stands
     */
    record TermsInWords(String percent, int months, Money threshold, boolean below) {

        static TermsInWords of(CommissionTerms.Terms terms, Optional<Money> balance, Language language) {
            return new TermsInWords(
                    StatementPage.percent(terms.percent(), language),
                    terms.months(),
                    terms.threshold(),
                    balance.filter(known -> terms.threshold().isMoreThan(known)).isPresent());
        }
    }

    /** A payout is of a take-over or of a quarter, the other is null. */
    record Payout(
            LocalDate day,
            @Nullable TakeoverKey takeover,
            @Nullable Quarter quarter,
            Money amount,
            @Nullable LocalDate handedOverOn) {

        static Payout of(Statements.Payment payment, ZoneId zone) {
            Occasion occasion = payment.payout().occasion();
            return new Payout(
                    LocalDate.ofInstant(payment.payout().paidAt(), zone),
                    occasion instanceof Occasion.OfTakeover of ? of.takeover() : null,
                    occasion instanceof Quarter quarter ? quarter : null,
                    payment.payout().amount(),
                    payment.handedOverAt() == null ? null : LocalDate.ofInstant(payment.handedOverAt(), zone));
        }
    }

    /** @param percent in words; null where a list told */
    record Line(Statements.Entry entry, @Nullable String percent) {

        static Line of(Statements.Entry entry, Language language) {
            return new Line(entry, entry.percent() == null ? null : StatementPage.percent(entry.percent(), language));
        }
    }
}
