package org.billingtakeover.confirmation;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.billingtakeover.confirmation.ClientPages.Visit;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.takeover.AsSeen;
import org.billingtakeover.takeover.DisownQuestion;
import org.billingtakeover.takeover.Reconsider;
import org.billingtakeover.takeover.Refusal;
import org.billingtakeover.takeover.Seen;
import org.billingtakeover.takeover.Withdraw;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What a client can do beside answering: take a confirmation back, ask to be asked again, or say that it is not the person to ask. What
 * would undo something is explained on a page of its own and wants a tick, which no scanner of mails sets by itself.
 */
@Controller
class SecondThoughtsPage {

    private final ClientPages pages;
    private final AsSeen asSeen;
    private final Withdraw withdraw;
    private final Reconsider reconsider;
    private final DisownQuestion disown;

    SecondThoughtsPage(
            ClientPages pages, AsSeen asSeen, Withdraw withdraw, Reconsider reconsider, DisownQuestion disown) {
        this.pages = pages;
        this.asSeen = asSeen;
        this.withdraw = withdraw;
        this.reconsider = reconsider;
        this.disown = disown;
    }

    @GetMapping("/answer/{token}/withdraw")
    String askBeforeWithdrawing(
            @PathVariable String token,
            @RequestParam(required = false) @Nullable String lang,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model) {
        return explain(token, lang, Asked::mayWithdraw, "confirmation/withdraw", new Visit(http, response, model));
    }

    @PostMapping("/answer/{token}/withdraw")
    String withdraw(
            @PathVariable String token,
            @RequestParam(required = false) @Nullable String lang,
            @RequestParam(required = false) @Nullable String seen,
            @RequestParam(required = false) @Nullable String sure,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model) {
        Visit visit = new Visit(http, response, model);
        return sure == null
                ? unsure(token, lang, seen, Asked::mayWithdraw, "confirmation/withdraw", visit)
                : act(
                        token,
                        lang,
                        seen,
                        Asked::mayWithdraw,
                        asked -> withdraw.byClient(asked.file().key()),
                        visit);
    }

    @PostMapping("/answer/{token}/reconsider")
    String reconsider(
            @PathVariable String token,
            @RequestParam(required = false) @Nullable String lang,
            @RequestParam(required = false) @Nullable String seen,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model) {
        return act(
                token,
                lang,
                seen,
                Asked::mayReconsider,
                asked -> reconsider.byClient(asked.file().key()),
                new Visit(http, response, model));
    }

    @GetMapping("/answer/{token}/not-me")
    String askBeforeDisowning(
            @PathVariable String token,
            @RequestParam(required = false) @Nullable String lang,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model) {
        return explain(token, lang, Asked::mayDisown, "confirmation/not-me", new Visit(http, response, model));
    }

    @PostMapping("/answer/{token}/not-me")
    String disown(
            @PathVariable String token,
            @RequestParam(required = false) @Nullable String lang,
            @RequestParam(required = false) @Nullable String seen,
            @RequestParam(required = false) @Nullable String sure,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model) {
        Visit visit = new Visit(http, response, model);
        return sure == null
                ? unsure(token, lang, seen, Asked::mayDisown, "confirmation/not-me", visit)
                : act(
                        token,
                        lang,
                        seen,
                        Asked::mayDisown,
                        asked -> disown.run(asked.question().id()),
                        visit);
    }

    /** Where a page is opened again that was the answer to a form. */
    @GetMapping("/answer/{token}/reconsider")
    String backToTheQuestion(
            @PathVariable String token,
            @RequestParam(required = false) @Nullable String lang,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model) {
        return pages.find(token)
                .map(asked -> pages.back(asked, asked.language(lang)))
                .orElseGet(() -> pages.unknown(new Visit(http, response, model)));
    }

    private String explain(
            String token, @Nullable String lang, Predicate<Asked> isAllowed, String template, Visit visit) {
        Asked asked = pages.find(token).orElse(null);
        if (asked == null) {
            return pages.unknown(visit);
        }
        Language language = asked.language(lang);
        if (!isAllowed.test(asked)) {
            return pages.back(asked, language);
        }
        pages.begin(asked, language, visit);
        return template;
    }

    /** The tick is missing: asks once more, unless there is nothing left to ask about. */
    private String unsure(
            String token,
            @Nullable String lang,
            @Nullable String seen,
            Predicate<Asked> isAllowed,
            String template,
            Visit visit) {
        if (pages.find(token).filter(isAllowed).isEmpty()) {
            return act(token, lang, seen, isAllowed, asked -> {}, visit);
        }
        visit.model().addAttribute("unsure", true);
        visit.response().setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
        return explain(token, lang, isAllowed, template, visit);
    }

    private String act(
            String token,
            @Nullable String lang,
            @Nullable String text,
            Predicate<Asked> isAllowed,
            Consumer<Asked> action,
            Visit visit) {
        Asked asked = pages.find(token).orElse(null);
        if (asked == null) {
            return pages.unknown(visit);
        }
        Seen seen = Seen.read(text).orElse(null);
        if (!isAllowed.test(asked)) {
            return asked.seen().equals(seen)
                    ? pages.back(asked, asked.language(lang))
                    : pages.refused(token, "changedSince", seen, lang, visit);
        }
        try {
            asSeen.run(asked.file().key(), seen, () -> action.accept(asked));
            return pages.back(asked, asked.language(lang));
        } catch (Refusal refusal) {
            return pages.refused(token, refusal, seen, lang, visit);
        }
    }
}
