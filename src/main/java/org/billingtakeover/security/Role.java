package org.billingtakeover.security;

import static org.billingtakeover.security.Role.Reach.ALL_FIRMS;
import static org.billingtakeover.security.Role.Reach.OWN_FIRM;

import java.util.List;

/** What people do here. A role is a group of the engine; the diagrams name these groups as the candidates of their tasks. */
enum Role {
    ACCOUNTANT("accountant", "Comptables / Accountants", OWN_FIRM, List.of("tasklist"), List.of("billing-takeover")),
    CLIENT_SUPPORT(
            "client-support",
            "Soutien à la clientèle / Client support",
            ALL_FIRMS,
            List.of("tasklist"),
            List.of("ask-client")),
    BILLING_OPERATIONS(
            "billing-operations",
            "Opérations de facturation / Billing operations",
            ALL_FIRMS,
            List.of("tasklist", "cockpit"),
            List.of("change-payer", "deliver-mail", "resolve-refused-step")),
    PROCESS_OWNER(
            "process-owner", "Responsables des processus / Process owners", ALL_FIRMS, List.of("cockpit"), List.of()),
    AUDITOR("auditor", "Auditrices et auditeurs / Auditors", ALL_FIRMS, List.of("cockpit"), List.of()),
    ADMINISTRATOR("camunda-admin", "Administration", ALL_FIRMS, List.of("admin"), List.of());

    private final String group;
    private final String title;
    private final Reach reach;
    private final List<String> applications;
    private final List<String> works;

    Role(String group, String title, Reach reach, List<String> applications, List<String> works) {
        this.group = group;
        this.title = title;
        this.reach = reach;
        this.applications = applications;
        this.works = works;
    }

    String group() {
        return group;
    }

    /** In both languages: the engine's web applications have one name for all readers. */
    String title() {
        return title;
    }

    boolean reachesAllFirms() {
        return reach == ALL_FIRMS;
    }

    /** The web applications of the engine that the role opens. */
    List<String> applications() {
        return applications;
    }

    /** The processes whose tasks the role works on. */
    List<String> works() {
        return works;
    }

    /** Whose cases a role sees. */
    enum Reach {
        OWN_FIRM,
        ALL_FIRMS
    }
}
