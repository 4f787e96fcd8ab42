package org.billingtakeover.audit.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.StaffMember;
import org.billingtakeover.audit.AuditedCases;
import org.billingtakeover.audit.PersonalValues;
import org.billingtakeover.audit.StoredEntry;
import org.billingtakeover.audit.StoredTrail;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Takeover;
import org.billingtakeover.takeover.Takeovers;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** What an auditor looks for and reads: cases, and everything that happened in one. */
@Controller
class AuditPages {

    private static final int PAGE = 50;

    private final AuditedCases cases;
    private final StoredTrail trail;
    private final PersonalValues personal;
    private final Takeovers takeovers;
    private final Accounts accounts;

    AuditPages(AuditedCases cases, StoredTrail trail, PersonalValues personal, Takeovers takeovers, Accounts accounts) {
        this.cases = cases;
        this.trail = trail;
        this.personal = personal;
        this.takeovers = takeovers;
        this.accounts = accounts;
    }

    @GetMapping("/audit")
    String search(
            @AuthenticationPrincipal StaffMember staff,
            @RequestParam(required = false) @Nullable String text,
            @RequestParam(required = false) @Nullable String firm,
            @RequestParam(required = false) @Nullable String outcome,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        auditorsOnly(staff);
        AuditedCases.Search search = new AuditedCases.Search(text, firm, outcome, actor, from, to, after);
        List<AuditedCases.AuditedCase> found = cases.find(search, PAGE + 1);
        boolean more = found.size() > PAGE;
        model.addAttribute("search", search);
        model.addAttribute("firms", accounts.firms());
        model.addAttribute("outcomes", Outcome.values());
        model.addAttribute("found", more ? found.subList(0, PAGE) : found);
        model.addAttribute("next", more ? found.get(PAGE - 1).key() : null);
        return "audit/search";
    }

    @GetMapping("/audit/cases/{key}")
    String timeLine(@AuthenticationPrincipal StaffMember staff, @PathVariable String key, Model model) {
        auditorsOnly(staff);
        Takeover takeover = takeovers.find(key).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        Account account = accounts.account(takeover.clientId());
        List<StoredEntry> entries = new ArrayList<>();
        Set<String> digests = new HashSet<>();
        trail.forEachEntryOf(key, entry -> {
            entries.add(entry);
            digests.addAll(entry.personalDigests());
        });
        Map<String, String> values = personal.of(digests);
        model.addAttribute("takeover", takeover);
        model.addAttribute("account", account);
        model.addAttribute(
                "entries", entries.stream().map(entry -> Line.of(entry, values)).toList());
        return "audit/case";
    }

    private static void auditorsOnly(StaffMember staff) {
        if (!staff.isIn("auditor")) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
    }

    /**
     * An entry on the time line.
     *
     * @param details what it says, flat: path and value
     */
    record Line(StoredEntry entry, List<Detail> details) {

        static Line of(StoredEntry entry, Map<String, String> values) {
            List<Detail> details = new ArrayList<>();
            flatten("", entry.read().path("content"), values, details);
            return new Line(entry, details);
        }

        private static void flatten(String path, JsonNode node, Map<String, String> values, List<Detail> details) {
            if (node.isObject() && node.size() == 1 && node.has("digest")) {
                details.add(new Detail(path, values.get(node.path("digest").asText())));
            } else if (node.isObject() && node.size() == 2 && node.has("amount") && node.has("currency")) {
                details.add(new Detail(
                        path,
                        node.path("amount").asText() + " "
                                + node.path("currency").asText()));
            } else if (node.isObject()) {
                node.properties()
                        .forEach(each -> flatten(below(path, each.getKey()), each.getValue(), values, details));
            } else if (node.isArray()) {
                for (int i = 0; i < node.size(); i++) {
                    flatten(below(path, String.valueOf(i + 1)), node.path(i), values, details);
                }
            } else if (!node.isNull()) {
                details.add(new Detail(path, node.asText()));
            }
        }

        private static String below(String path, String name) {
            return path.isEmpty() ? name : path + " › " + name;
        }
    }

    /** @param value null where it was erased */
    record Detail(String path, @Nullable String value) {}
}
