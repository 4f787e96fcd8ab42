package org.billingtakeover.confirmation;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.pricing.QuoteSheet;
import org.billingtakeover.takeover.CaseEvents;
import org.billingtakeover.takeover.CaseEvents.CaseEvent;
import org.billingtakeover.takeover.CaseFile;
import org.billingtakeover.takeover.CaseFile.Standing;
import org.billingtakeover.takeover.CaseFiles;
import org.billingtakeover.takeover.CompareWays;
import org.billingtakeover.takeover.ConsentRequest;
import org.billingtakeover.takeover.ConsentRequests;
import org.billingtakeover.takeover.ExpectFirstBill;
import org.billingtakeover.takeover.Happening;
import org.billingtakeover.takeover.PreviewInWords;
import org.billingtakeover.takeover.Refusal;
import org.billingtakeover.takeover.Seen;
import org.billingtakeover.takeover.Stage;
import org.billingtakeover.takeover.State;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;

/** What every page behind a link has in common. They keep nothing in the reader's browser: the link is all that it needs. */
@Component
class ClientPages {

    private static final String WITHDRAWN = Happening.code(Happening.Withdrawn.class);
    private static final String RECONSIDERED = Happening.code(Happening.Reconsidered.class);
    private static final String SWITCHED = Happening.code(Happening.Switched.class);

    private final Links links;
    private final ConsentRequests requests;
    private final CaseFiles files;
    private final CaseEvents happened;
    private final CompareWays compare;
    private final ExpectFirstBill firstBill;
    private final PreviewInWords preview;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ClientPages(
            Links links,
            ConsentRequests requests,
            CaseFiles files,
            CaseEvents happened,
            CompareWays compare,
            ExpectFirstBill firstBill,
            PreviewInWords preview,
            ApplicationEventPublisher events,
            Clock clock) {
        this.links = links;
        this.requests = requests;
        this.files = files;
        this.happened = happened;
        this.compare = compare;
        this.firstBill = firstBill;
        this.preview = preview;
        this.events = events;
        this.clock = clock;
    }

    Optional<Asked> find(String token) {
        return links.find(token).flatMap(requests::find).map(question -> {
            CaseFile file = files.read(question.takeover());
            return new Asked(file, file.question(question.id()), clock.instant());
        });
    }

    String back(Asked asked, Language shownIn) {
        return "redirect:/answer/" + links.token(asked.question().id()) + "?lang=" + shownIn.code();
    }

    /** How the question stands; where it is open, the form with what was typed. */
    String question(Asked asked, Language language, AnswerForm typed, Map<String, String> faults, Visit visit) {
        begin(asked, language, visit);
        Model model = visit.model();
        CaseFile file = asked.file();
        ConsentRequest question = asked.question();
        List<CaseEvent> events = happened.of(file.key());
        model.addAttribute("outcome", file.state() instanceof State.Closed closed ? closed.outcome() : null);
        model.addAttribute(
                "sheet",
                QuoteSheet.of(
                        file.quote(question.quote()),
                        language,
                        file.account().client().timeZone()));
        if (asked.standing() == Standing.OPEN) {
            model.addAttribute("compared", compare.of(file, file.quote(question.quote()), Payer.CLIENT, language));
        }
        model.addAttribute(
                "firstBill",
                asked.isOpenOrToCome()
                        ? firstBill
                                .inWords(file, question.way(), Payer.CLIENT, language)
                                .orElse(null)
                        : null);
        model.addAttribute(
                "preview",
                asked.isOpenOrToCome() ? preview.toClient(file, language).orElse(null) : null);
        model.addAttribute(
                "takenBack",
                since(question, WITHDRAWN, events)
                        .filter(event -> event.detail() != null)
                        .orElse(null));
        model.addAttribute(
                "askedAgain",
                file.state().stage() == Stage.REVIEW
                        ? since(question, RECONSIDERED, events)
                                .filter(event -> event.actor().equals(Actors.CLIENT))
                                .orElse(null)
                        : null);
        model.addAttribute(
                "changedOn",
                since(question, SWITCHED, events)
                        .map(event -> LocalDate.parse(String.valueOf(event.detail())))
                        .orElse(null));
        model.addAttribute("mayReconsider", asked.mayReconsider());
        model.addAttribute("mayAskForLink", asked.mayAskForLink());
        model.addAttribute("typed", typed);
        model.addAttribute("faults", faults);
        model.addAttribute("firstFault", faults.keySet().stream().findFirst().orElse(null));
        if (!faults.isEmpty()) {
            visit.response().setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
        }
        return "confirmation/answer";
    }

    private static Optional<CaseEvent> since(ConsentRequest question, String what, List<CaseEvent> events) {
        return events.stream()
                .filter(event -> event.what().equals(what) && !event.at().isBefore(question.askedAt()))
                .reduce((earlier, later) -> later);
    }

    /** What was asked for was not done: how the question stands, with the reason, and with what has changed since the page was shown. */
    String refused(String token, Refusal refusal, @Nullable Seen seen, @Nullable String lang, Visit visit) {
        refusal.followedBy().ifPresent(events::publishEvent);
        return refused(token, refusal.code(), seen, lang, visit);
    }

    String refused(String token, String why, @Nullable Seen seen, @Nullable String lang, Visit visit) {
        Asked asked = find(token).orElseThrow();
        visit.model().addAttribute("refusal", why);
        visit.model().addAttribute("seen", seen);
        visit.response().setStatus(HttpStatus.CONFLICT.value());
        return question(asked, asked.language(lang), AnswerForm.EMPTY, Map.of(), visit);
    }

    /** What every page about a question says. */
    void begin(Asked asked, Language language, Visit visit) {
        speak(language, visit);
        Model model = visit.model();
        model.addAttribute("token", links.token(asked.question().id()));
        model.addAttribute("request", asked.question());
        model.addAttribute("state", asked.standing().name());
        model.addAttribute("takeover", asked.file().takeover());
        model.addAttribute("account", asked.file().account());
        model.addAttribute("billingDate", asked.file().state().billingDate().orElse(null));
        model.addAttribute("now", asked.seen());
        model.addAttribute("runs", asked.integrationRuns());
        model.addAttribute("stopsOn", asked.stopsOn().orElse(null));
        model.addAttribute("mayWithdraw", asked.mayWithdraw());
        model.addAttribute(
                "withdrawableUntil", asked.file().state().withdrawableUntil().orElse(null));
        model.addAttribute("mayDisown", asked.mayDisown());
    }

    /** The same for every link that is none: a stranger learns nothing from it. */
    String unknown(Visit visit) {
        visit.response().setStatus(HttpStatus.NOT_FOUND.value());
        Language language = Language.ofCode(visit.request().getParameter("lang"))
                .orElseGet(() -> Language.of(visit.request().getLocale()));
        speak(language, visit);
        return "confirmation/unknown";
    }

    void speak(Language language, Visit visit) {
        visit.response().setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        visit.response().setHeader("X-Robots-Tag", "noindex, nofollow");
        // For this page alone: whoever answers may be signed in as staff, in another language.
        visit.request().setAttribute(CookieLocaleResolver.LOCALE_REQUEST_ATTRIBUTE_NAME, language.locale());
        visit.model().addAttribute("words", new InWords(language));
        visit.model().addAttribute("otherLanguage", language == Language.FR ? "en" : "fr");
    }

    /** One request for a page. */
    record Visit(HttpServletRequest request, HttpServletResponse response, Model model) {}
}
