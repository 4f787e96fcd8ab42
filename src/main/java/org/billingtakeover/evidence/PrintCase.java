package org.billingtakeover.evidence;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Matcher;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.audit.CaseStory;
import org.billingtakeover.audit.Said;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.paper.PrintPage;
import org.billingtakeover.picture.CaseDiagrams;
import org.billingtakeover.takeover.Takeover;
import org.billingtakeover.takeover.Takeovers;
import org.billingtakeover.trail.KnownEntry;
import org.billingtakeover.trail.Records;
import org.billingtakeover.trail.Seal;
import org.billingtakeover.trail.StoredTrail;
import org.billingtakeover.trail.StoredTrail.Scope;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.web.util.HtmlUtils;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/** Prints a case. */
@Component
class PrintCase {

    private final StoredTrail trail;
    private final Takeovers takeovers;
    private final Accounts accounts;
    private final CaseDiagrams diagrams;
    private final PrintPage print;
    private final ITemplateEngine templates;
    private final MessageSource messages;
    private final Clock clock;

    PrintCase(
            StoredTrail trail,
            Takeovers takeovers,
            Accounts accounts,
            CaseDiagrams diagrams,
            PrintPage print,
            ITemplateEngine templates,
            MessageSource messages,
            Clock clock) {
        this.trail = trail;
        this.takeovers = takeovers;
        this.accounts = accounts;
        this.diagrams = diagrams;
        this.print = print;
        this.templates = templates;
        this.messages = messages;
        this.clock = clock;
    }

    /** @throws NoSuchElementException if there is no such case */
    byte[] asPdf(String key, Language language, StaffMember by) throws IOException {
        Takeover takeover = takeovers.find(new TakeoverKey(key)).orElseThrow();
        Account account = accounts.account(takeover.clientId());
        List<KnownEntry> entries = new ArrayList<>();
        Records records = new Records() {
            @Override
            public void entry(KnownEntry entry) {
                entries.add(entry);
            }
        };
        Optional<Seal> seal = trail.atOneInstant(() -> {
            trail.read(Scope.of(key), records);
            return trail.newestSealOf(key);
        });
        CaseStory story = CaseStory.of(entries);
        CaseOnPaper paper = CaseOnPaper.of(takeover, account, story, seal.orElse(null), language);
        Context context = new Context(
                language.locale(),
                Map.of(
                        "paper",
                        paper,
                        "words",
                        new InWords(language),
                        "shown",
                        story.questions().stream()
                                .map(question -> shown(question, account))
                                .toList(),
                        "pictures",
                        pictures(story, language),
                        "by",
                        by,
                        "now",
                        clock.instant()));
        return print.asPdf(templates.process("audit/evidence-pdf", context));
    }

    /** What the client read above the cost, or heard, and agreed to. */
    private List<String> shown(Said.Question question, Account account) {
        Said.Answer answer = question.answer();
        if (answer == null) {
            return List.of();
        }
        Locale locale = answer.shownIn().locale();
        String firm = account.firm().name();
        String client = account.client().name();
        List<String> shown = new ArrayList<>();
        shown.add(messages.getMessage("answer.heading." + question.way(), null, locale));
        shown.add(messages.getMessage("answer.ask." + question.way(), new Object[] {firm, client}, locale));
        if (answer.confirmed()) {
            shown.add(messages.getMessage("answer.agree." + question.way(), new Object[] {client, firm}, locale));
        }
        return shown;
    }

    private List<Picture> pictures(CaseStory story, Language language) {
        List<Picture> pictures = new ArrayList<>();
        for (CaseDiagrams.CaseDiagram diagram : diagrams.of(story.ran(), language)) {
            String title = messages.getMessage("evidence.picture", new Object[] {diagram.name()}, language.locale());
            // The text for those who cannot see it: within a PDF, a title in a picture tells nobody.
            String svg = diagram.draw(title)
                    .map(drawn -> drawn.replaceFirst(
                            "<svg ",
                            "<svg alt=\"" + Matcher.quoteReplacement(HtmlUtils.htmlEscapeDecimal(title)) + "\" "))
                    .orElse("");
            pictures.add(new Picture(diagram.name(), diagram.version(), svg));
        }
        return pictures;
    }

    /** @param svg empty where this version of the diagram is no longer known */
    record Picture(String name, int version, String svg) {}
}
