package org.billingtakeover.audit.web;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.billingtakeover.audit.StoryEntry;
import org.billingtakeover.kernel.NamesOfStaff;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.trail.Fact;
import org.billingtakeover.trail.KnownEntry;
import org.billingtakeover.trail.StoredTrail;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What concerns no case in particular: deployments, rights, imports, exports, a database that was replaced. */
@Controller
class ProductPage {

    private static final int PAGE = 50;

    private final StoredTrail trail;
    private final NamesOfStaff names;
    private final MessageSource messages;

    ProductPage(StoredTrail trail, NamesOfStaff names, MessageSource messages) {
        this.trail = trail;
        this.names = names;
        this.messages = messages;
    }

    /** @param hash its own, in hexadecimal digits */
    record Line(StoryEntry entry, String what, String actor, List<EntryWords.Detail> details, String hash) {}

    @GetMapping("/audit/product")
    String entries(
            @AuthenticationPrincipal StaffMember staff,
            @RequestParam(defaultValue = "2147483647") int before,
            Locale locale,
            Model model) {
        Auditors.only(staff);
        List<KnownEntry> found = trail.before(Fact.PRODUCT, before, PAGE + 1);
        List<StoryEntry> shown = found.stream().limit(PAGE).map(StoryEntry::of).toList();
        EntryWords words = new EntryWords(
                messages,
                locale,
                ZoneOffset.UTC,
                new DeployedNames(),
                names.of(shown.stream().map(StoryEntry::actor).distinct().toList()));
        model.addAttribute(
                "lines",
                shown.stream()
                        .map(entry -> new Line(
                                entry,
                                words.what(entry),
                                words.actor(entry.actor()),
                                words.details(entry),
                                entry.hash()))
                        .toList());
        model.addAttribute("zone", ZoneOffset.UTC);
        model.addAttribute("next", found.size() > PAGE ? shown.get(PAGE - 1).number() : null);
        return "audit/product";
    }

    /** No entry here is about a diagram that a case ran on. */
    private record DeployedNames() implements EntryWords.DiagramNames {

        @Override
        public String process(String process) {
            return process;
        }

        @Override
        public @Nullable String step(String step) {
            return null;
        }
    }
}
