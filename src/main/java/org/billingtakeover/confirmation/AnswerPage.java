package org.billingtakeover.confirmation;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.billingtakeover.account.Client;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.pricing.QuoteSheet;
import org.billingtakeover.takeover.AnswerRequest;
import org.billingtakeover.takeover.AnswerRequest.Taken;
import org.billingtakeover.takeover.CaseFile;
import org.billingtakeover.takeover.CaseFile.Standing;
import org.billingtakeover.takeover.CaseFiles;
import org.billingtakeover.takeover.ConsentRequest;
import org.billingtakeover.takeover.ConsentRequests;
import org.billingtakeover.takeover.Reconsider;
import org.billingtakeover.takeover.Refusal;
import org.billingtakeover.takeover.State;
import org.billingtakeover.takeover.Withdraw;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.support.RequestContextUtils;

/**
 * What a client sees behind the link. Opening it decides nothing, however often and by whatever it is opened; an answer needs a
 * name, a role and, to confirm, a tick.
 */
@Controller
class AnswerPage {

    private static final String REFUSAL = "refusal";

    private final Links links;
    private final ConsentRequests requests;
    private final CaseFiles files;
    private final AnswerRequest answer;
    private final Withdraw withdraw;
    private final Reconsider reconsider;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    AnswerPage(
            Links links,
            ConsentRequests requests,
            CaseFiles files,
            AnswerRequest answer,
            Withdraw withdraw,
            Reconsider reconsider,
            ApplicationEventPublisher events,
            Clock clock) {
        this.links = links;
        this.requests = requests;
        this.files = files;
        this.answer = answer;
        this.withdraw = withdraw;
        this.reconsider = reconsider;
        this.events = events;
        this.clock = clock;
    }

    @GetMapping("/answer/{token}")
    String show(
            @PathVariable String token,
            @RequestParam(required = false) @Nullable String lang,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model) {
        return find(token)
                .map(asked -> page(asked, lang, AnswerForm.EMPTY, Map.of(), http, response, model))
                .orElseGet(() -> unknown(http, response, model));
    }

    @PostMapping("/answer/{token}")
    String answer(
            @PathVariable String token,
            @ModelAttribute AnswerForm form,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model) {
        Asked asked = find(token).orElse(null);
        if (asked == null) {
            return unknown(http, response, model);
        }
        Map<String, String> faults = form.faults();
        if (asked.standing() == Standing.OPEN && !faults.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            return page(asked, form.lang(), form, faults, http, response, model);
        }
        Language shownIn = asked.language(form.lang());
        return act(
                () -> {
                    Taken taken = answer.answer(
                            asked.question().id(), form.asAnswer(shownIn, http.getRemoteAddr(), clock.instant()));
                    switch (taken) {
                        case COST_HAS_RISEN ->
                            RequestContextUtils.getOutputFlashMap(http).put(REFUSAL, "costChanged");
                        case NOT_POSSIBLE ->
                            RequestContextUtils.getOutputFlashMap(http).put(REFUSAL, "notPossible");
                        case ANSWERED -> {}
                    }
                },
                token,
                shownIn,
                http);
    }

    @PostMapping("/answer/{token}/withdraw")
    String withdraw(
            @PathVariable String token,
            @RequestParam(required = false) @Nullable String lang,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model) {
        return actOn(token, lang, Asked::mayWithdraw, withdraw::byClient, http, response, model);
    }

    @PostMapping("/answer/{token}/reconsider")
    String reconsider(
            @PathVariable String token,
            @RequestParam(required = false) @Nullable String lang,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model) {
        return actOn(token, lang, Asked::mayReconsider, reconsider::byClient, http, response, model);
    }

    /** Whatever else is asked for below the links, with or without one. */
    @RequestMapping("/answer/**")
    String nothing(HttpServletRequest http, HttpServletResponse response, Model model) {
        return unknown(http, response, model);
    }

    private String actOn(
            String token,
            @Nullable String lang,
            Predicate<Asked> isAllowed,
            Consumer<TakeoverKey> action,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model) {
        Asked asked = find(token).orElse(null);
        if (asked == null) {
            return unknown(http, response, model);
        }
        Language shownIn = asked.language(lang);
        return isAllowed.test(asked)
                ? act(() -> action.accept(asked.file().key()), token, shownIn, http)
                : back(token, shownIn);
    }

    /** A refusal changed nothing that the client did not see; the page then says why and shows where the question stands. */
    private String act(Runnable action, String token, Language shownIn, HttpServletRequest http) {
        try {
            action.run();
        } catch (Refusal refusal) {
            RequestContextUtils.getOutputFlashMap(http).put(REFUSAL, refusal.code());
            refusal.followedBy().ifPresent(events::publishEvent);
        }
        return back(token, shownIn);
    }

    private static String back(String token, Language shownIn) {
        return "redirect:/answer/" + token + "?lang=" + shownIn.code();
    }

    private Optional<Asked> find(String token) {
        return links.find(token).flatMap(requests::find).map(question -> {
            CaseFile file = files.read(question.takeover());
            return new Asked(file, file.question(question.id()), clock.instant());
        });
    }

    private String page(
            Asked asked,
            @Nullable String lang,
            AnswerForm typed,
            Map<String, String> faults,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model) {
        CaseFile file = asked.file();
        ConsentRequest question = asked.question();
        Language language = asked.language(lang);
        speak(language, http, response, model);
        model.addAttribute("token", links.token(question.id()));
        model.addAttribute("request", question);
        model.addAttribute("state", asked.standing().name());
        model.addAttribute("takeover", file.takeover());
        model.addAttribute("billingDate", file.state().billingDate().orElse(null));
        model.addAttribute("outcome", file.state() instanceof State.Closed closed ? closed.outcome() : null);
        model.addAttribute("account", file.account());
        model.addAttribute(
                "sheet",
                QuoteSheet.of(
                        file.quote(question.quote()),
                        language,
                        file.account().client().timeZone()));
        model.addAttribute("mayWithdraw", asked.mayWithdraw());
        model.addAttribute("mayReconsider", asked.mayReconsider());
        model.addAttribute("typed", typed);
        model.addAttribute("faults", faults);
        return "confirmation/answer";
    }

    /** The same for every link that is none: a stranger learns nothing from it. */
    private static String unknown(HttpServletRequest http, HttpServletResponse response, Model model) {
        response.setStatus(HttpStatus.NOT_FOUND.value());
        speak(Language.of(http.getLocale()), http, response, model);
        return "confirmation/unknown";
    }

    private static void speak(Language language, HttpServletRequest http, HttpServletResponse response, Model model) {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Robots-Tag", "noindex, nofollow");
        // For this page alone: whoever answers may be signed in as staff, in another language.
        http.setAttribute(CookieLocaleResolver.LOCALE_REQUEST_ATTRIBUTE_NAME, language.locale());
        model.addAttribute("words", new InWords(language));
        model.addAttribute("otherLanguage", language == Language.FR ? "en" : "fr");
    }

    /** The question that a link leads to, in its case. */
    private record Asked(CaseFile file, ConsentRequest question, Instant now) {

        Standing standing() {
            return file.standing(question, now);
        }

        boolean mayWithdraw() {
            return file.mayBeWithdrawn(question);
        }

        boolean mayReconsider() {
            return file.mayBeReconsidered(question, now);
        }

        /**
         * The language in which the question is shown: the one chosen on the page, or else the client's; in Québec French until another
         * is expressly chosen there (Charter of the French language, section 55).
         */
        Language language(@Nullable String chosen) {
            Client client = file.account().client();
            boolean quebec = client.country().equals("CA") && client.province().equals("QC");
            return Language.ofCode(chosen).orElse(quebec ? Language.FR : question.language());
        }
    }
}
