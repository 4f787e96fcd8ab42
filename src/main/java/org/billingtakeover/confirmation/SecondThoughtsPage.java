package org.billingtakeover.confirmation;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Objects;
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

    private static final String UNDOING = "/answer/{token}/{undoing:withdraw|not-me}";

    private final ClientPages pages;
    private final AsSeen asSeen;
    private final Reconsider reconsider;
    private final Map<String, Undoing> undoings;

    SecondThoughtsPage(
            ClientPages pages, AsSeen asSeen, Withdraw withdraw, Reconsider reconsider, DisownQuestion disown) {
        this.pages = pages;
        this.asSeen = asSeen;
        this.reconsider = reconsider;
        this.undoings = Map.of(
                "withdraw",
                new Undoing(
                        Asked::mayWithdraw,
                        asked -> withdraw.byClient(asked.file().key())),
                "not-me",
                new Undoing(
                        Asked::mayDisown, asked -> disown.run(asked.question().id())));
    }

    /** What would undo something, by the last part of its address, which is its template's name as well. */
    private record Undoing(Predicate<Asked> isAllowed, Consumer<Asked> action) {}

    @GetMapping(UNDOING)
    String explain(
            @PathVariable String token,
            @PathVariable String undoing,
            @RequestParam(required = false) @Nullable String lang,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model) {
        Visit visit = new Visit(http, response, model);
        Asked asked = pages.find(token).orElse(null);
        if (asked == null) {
            return pages.unknown(visit);
        }
        Language language = asked.language(lang);
        if (!undoing(undoing).isAllowed().test(asked)) {
            return pages.back(asked, language);
        }
        pages.begin(asked, language, visit);
        return "confirmation/" + undoing;
    }

    /** Without the tick it is asked once more, unless there is nothing left to ask about. */
    @PostMapping(UNDOING)
    String undo(
            @PathVariable String token,
            @PathVariable String undoing,
            @RequestParam(required = false) @Nullable String lang,
            @RequestParam(required = false) @Nullable String seen,
            @RequestParam(required = false) @Nullable String sure,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model) {
        Predicate<Asked> isAllowed = undoing(undoing).isAllowed();
        if (sure == null && pages.find(token).filter(isAllowed).isPresent()) {
            model.addAttribute("unsure", true);
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            return explain(token, undoing, lang, http, response, model);
        }
        Consumer<Asked> action = sure == null ? asked -> {} : undoing(undoing).action();
        return act(token, lang, seen, isAllowed, action, new Visit(http, response, model));
    }

    private Undoing undoing(String name) {
        return Objects.requireNonNull(undoings.get(name));
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
