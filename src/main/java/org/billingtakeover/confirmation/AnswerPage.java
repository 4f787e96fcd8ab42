package org.billingtakeover.confirmation;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Map;
import org.billingtakeover.confirmation.ClientPages.Visit;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.takeover.AnswerRequest;
import org.billingtakeover.takeover.CaseFile.Standing;
import org.billingtakeover.takeover.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What a client sees behind the link. Opening it decides nothing, however often and by whatever it is opened; an answer needs a
 * name, a role and, to confirm, a tick.
 */
@Controller
class AnswerPage {

    private final ClientPages pages;
    private final AnswerRequest answer;
    private final Clock clock;

    AnswerPage(ClientPages pages, AnswerRequest answer, Clock clock) {
        this.pages = pages;
        this.answer = answer;
        this.clock = clock;
    }

    @GetMapping({"/answer/{token}", "/answer/{token}/language"})
    String show(
            @PathVariable String token,
            @RequestParam(required = false) @Nullable String lang,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model) {
        Visit visit = new Visit(http, response, model);
        return pages.find(token)
                .map(asked -> pages.question(asked, asked.language(lang), AnswerForm.EMPTY, Map.of(), visit))
                .orElseGet(() -> pages.unknown(visit));
    }

    /** Another language, with all that was typed. Decides nothing. */
    @PostMapping("/answer/{token}/language")
    String language(
            @PathVariable String token,
            @ModelAttribute AnswerForm form,
            @RequestParam(required = false) @Nullable String to,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model) {
        Visit visit = new Visit(http, response, model);
        return pages.find(token)
                .map(asked -> pages.question(asked, asked.language(to), form, Map.of(), visit))
                .orElseGet(() -> pages.unknown(visit));
    }

    @PostMapping("/answer/{token}")
    String answer(
            @PathVariable String token,
            @ModelAttribute AnswerForm form,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model) {
        Visit visit = new Visit(http, response, model);
        Asked asked = pages.find(token).orElse(null);
        if (asked == null) {
            return pages.unknown(visit);
        }
        Language shownIn = asked.language(form.lang());
        Map<String, String> faults = form.faults();
        if (asked.standing() == Standing.OPEN && !faults.isEmpty()) {
            return pages.question(asked, shownIn, form, faults, visit);
        }
        try {
            return switch (answer.answer(
                    asked.question().id(), form.asAnswer(shownIn, http.getRemoteAddr(), clock.instant()))) {
                case ANSWERED -> pages.back(asked, shownIn);
                case COST_HAS_RISEN -> pages.refused(token, "costChanged", null, form.lang(), visit);
                case NOT_POSSIBLE -> pages.refused(token, "notPossible", null, form.lang(), visit);
            };
        } catch (Refusal refusal) {
            return pages.refused(token, refusal, null, form.lang(), visit);
        }
    }

    /** Whatever else is asked for below the links, with or without one. */
    @RequestMapping("/answer/**")
    String nothing(HttpServletRequest http, HttpServletResponse response, Model model) {
        return pages.unknown(new Visit(http, response, model));
    }
}
