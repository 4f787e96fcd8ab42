package org.billingtakeover.confirmation;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.pricing.Quote;
import org.billingtakeover.pricing.QuoteSheet;
import org.billingtakeover.takeover.AnswerRequest;
import org.billingtakeover.takeover.ConsentRequest;
import org.billingtakeover.takeover.ConsentRequest.Status;
import org.billingtakeover.takeover.ConsentRequests;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Quotes;
import org.billingtakeover.takeover.Reconsider;
import org.billingtakeover.takeover.Refusal;
import org.billingtakeover.takeover.Stage;
import org.billingtakeover.takeover.Takeover;
import org.billingtakeover.takeover.Takeovers;
import org.billingtakeover.takeover.Withdraw;
import org.jspecify.annotations.Nullable;
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

    /** The state of a confirmation that was taken back or overtaken. */
    private static final String LAPSED = "LAPSED";

    private final Links links;
    private final ConsentRequests requests;
    private final Takeovers takeovers;
    private final Accounts accounts;
    private final Quotes quotes;
    private final AnswerRequest answer;
    private final Withdraw withdraw;
    private final Reconsider reconsider;
    private final Clock clock;

    AnswerPage(
            Links links,
            ConsentRequests requests,
            Takeovers takeovers,
            Accounts accounts,
            Quotes quotes,
            AnswerRequest answer,
            Withdraw withdraw,
            Reconsider reconsider,
            Clock clock) {
        this.links = links;
        this.requests = requests;
        this.takeovers = takeovers;
        this.accounts = accounts;
        this.quotes = quotes;
        this.answer = answer;
        this.withdraw = withdraw;
        this.reconsider = reconsider;
        this.clock = clock;
    }

    @GetMapping("/answer/{token}")
    String show(
            @PathVariable String token,
            @RequestParam(required = false) @Nullable String lang,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model) {
        return links.find(token)
                .flatMap(requests::find)
                .map(request -> page(request, lang, AnswerForm.EMPTY, Map.of(), http, response, model))
                .orElseGet(() -> unknown(http, response, model));
    }

    @PostMapping("/answer/{token}")
    String answer(
            @PathVariable String token,
            @ModelAttribute AnswerForm form,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model) {
        ConsentRequest request = links.find(token).flatMap(requests::find).orElse(null);
        if (request == null) {
            return unknown(http, response, model);
        }
        Map<String, String> faults = form.faults();
        if (isOpen(request) && !faults.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
            return page(request, form.lang(), form, faults, http, response, model);
        }
        Language shownIn = language(request, accountOf(request), form.lang());
        return act(
                () -> answer.answer(request.id(), form.asAnswer(shownIn, http.getRemoteAddr(), clock.instant())),
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
        ConsentRequest request = links.find(token).flatMap(requests::find).orElse(null);
        if (request == null) {
            return unknown(http, response, model);
        }
        Language shownIn = language(request, accountOf(request), lang);
        return mayWithdraw(request)
                ? act(() -> withdraw.byClient(request.takeoverKey()), token, shownIn, http)
                : back(token, shownIn);
    }

    @PostMapping("/answer/{token}/reconsider")
    String reconsider(
            @PathVariable String token,
            @RequestParam(required = false) @Nullable String lang,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model) {
        ConsentRequest request = links.find(token).flatMap(requests::find).orElse(null);
        if (request == null) {
            return unknown(http, response, model);
        }
        Language shownIn = language(request, accountOf(request), lang);
        return mayReconsider(request)
                ? act(() -> reconsider.byClient(request.takeoverKey()), token, shownIn, http)
                : back(token, shownIn);
    }

    /** Whatever else is asked for below the links, with or without one. */
    @RequestMapping("/answer/**")
    String nothing(HttpServletRequest http, HttpServletResponse response, Model model) {
        return unknown(http, response, model);
    }

    /** A refusal changed nothing that the client did not see; the page then says why and shows where the question stands. */
    private static String act(Runnable action, String token, Language shownIn, HttpServletRequest http) {
        try {
            action.run();
        } catch (Refusal refusal) {
            RequestContextUtils.getOutputFlashMap(http).put("refusal", refusal.code());
        }
        return back(token, shownIn);
    }

    private static String back(String token, Language shownIn) {
        return "redirect:/answer/" + token + "?lang=" + shownIn.code();
    }

    private String page(
            ConsentRequest request,
            @Nullable String lang,
            AnswerForm typed,
            Map<String, String> faults,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model) {
        Account account = accountOf(request);
        Language language = language(request, account, lang);
        Takeover takeover = takeovers.takeover(request.takeoverKey());
        speak(language, http, response, model);
        Quote quote = quotes.find(request.quoteNumber()).orElseThrow();
        model.addAttribute("token", links.token(request.id()));
        model.addAttribute("request", request);
        model.addAttribute("state", state(request));
        model.addAttribute("takeover", takeover);
        model.addAttribute("account", account);
        model.addAttribute(
                "sheet", QuoteSheet.of(quote, language, account.client().timeZone()));
        model.addAttribute("mayWithdraw", mayWithdraw(request));
        model.addAttribute("mayReconsider", mayReconsider(request));
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

    /**
     * The language in which the question is shown: the one chosen on the page, or else the client's; in Québec French until another
     * is expressly chosen there (Charter of the French language, section 55).
     */
    private static Language language(ConsentRequest request, Account account, @Nullable String chosen) {
        boolean quebec = account.client().country().equals("CA")
                && account.client().province().equals("QC");
        return Language.ofCode(chosen).orElse(quebec ? Language.FR : request.language());
    }

    private Account accountOf(ConsentRequest request) {
        return accounts.account(takeovers.takeover(request.takeoverKey()).clientId());
    }

    private boolean isOpen(ConsentRequest request) {
        return state(request).equals(Status.OPEN.name());
    }

    /** What the page calls the request's state: its status, unless time or the case has gone on since. */
    private String state(ConsentRequest request) {
        return switch (request.status()) {
            case OPEN -> (today(request).isAfter(request.lastDay()) ? Status.EXPIRED : Status.OPEN).name();
            case CONFIRMED -> counts(request) ? Status.CONFIRMED.name() : LAPSED;
            case DECLINED, EXPIRED, WITHDRAWN, SUPERSEDED -> request.status().name();
        };
    }

    /** Whether the payer changes, or has changed, because of this confirmation. */
    private boolean counts(ConsentRequest request) {
        Takeover takeover = takeovers.takeover(request.takeoverKey());
        return isLatest(request)
                && switch (takeover.stage()) {
                    case ASKING, SCHEDULED, PROBLEM -> true;
                    case REVIEW, STOPPING -> false;
                    case CLOSED ->
                        takeover.outcome() == Outcome.FIRM_PAYS_ALL || takeover.outcome() == Outcome.CLIENT_PAYS_ALL;
                };
    }

    private LocalDate today(ConsentRequest request) {
        return LocalDate.ofInstant(clock.instant(), accountOf(request).client().timeZone());
    }

    private boolean mayWithdraw(ConsentRequest request) {
        Stage stage = takeovers.takeover(request.takeoverKey()).stage();
        return request.status() == Status.CONFIRMED
                && isLatest(request)
                && (stage == Stage.SCHEDULED || stage == Stage.PROBLEM);
    }

    private boolean mayReconsider(ConsentRequest request) {
        boolean saidNo = request.status() == Status.DECLINED
                || request.status() == Status.EXPIRED
                || state(request).equals(LAPSED);
        return saidNo && Reconsider.isPossible(takeovers.takeover(request.takeoverKey()));
    }

    private boolean isLatest(ConsentRequest request) {
        List<ConsentRequest> all = requests.ofTakeover(request.takeoverKey());
        return all.get(all.size() - 1).id().equals(request.id());
    }
}
