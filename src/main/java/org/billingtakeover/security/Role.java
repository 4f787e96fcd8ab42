package org.billingtakeover.security;

import static org.billingtakeover.kernel.Right.IMPORT_LISTS;
import static org.billingtakeover.kernel.Right.MANAGE_PEOPLE;
import static org.billingtakeover.kernel.Right.MOVE_CASES;
import static org.billingtakeover.kernel.Right.OPEN_TAKEOVERS;
import static org.billingtakeover.kernel.Right.PROVE_CHANGES;
import static org.billingtakeover.kernel.Right.READ_AUDIT;
import static org.billingtakeover.kernel.Right.RECONSIDER_TAKEOVERS;
import static org.billingtakeover.kernel.Right.RECORD_ANSWERS;
import static org.billingtakeover.kernel.Right.RETRY_JOBS;
import static org.billingtakeover.kernel.Right.SEE_BILLS;
import static org.billingtakeover.kernel.Right.SEE_CLIENTS;
import static org.billingtakeover.kernel.Right.SEE_COMMISSIONS;
import static org.billingtakeover.kernel.Right.SEE_FIGURES;
import static org.billingtakeover.kernel.Right.SEE_PAYMENTS;
import static org.billingtakeover.kernel.Right.SEND_LINKS;
import static org.billingtakeover.kernel.Right.SETTLE_DISPUTES;
import static org.billingtakeover.kernel.Right.WATCH_PROCESSES;
import static org.billingtakeover.kernel.Right.WITHDRAW_TAKEOVERS;
import static org.billingtakeover.kernel.Right.WORK_ON_TASKS;
import static org.billingtakeover.security.Role.Reach.ALL_FIRMS;
import static org.billingtakeover.security.Role.Reach.OWN_FIRM;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.billingtakeover.kernel.Right;

/**
 * What people do here, and which rights that brings. A role is a group of the engine; the diagrams name these groups as the candidates
 * of their tasks.
 */
enum Role {
    ACCOUNTANT(
            "accountant",
            "Comptables / Accountants",
            OWN_FIRM,
            List.of("billing-takeover", "change-by-hand", "integration-by-hand"),
            SEE_CLIENTS,
            OPEN_TAKEOVERS,
            WITHDRAW_TAKEOVERS,
            RECONSIDER_TAKEOVERS,
            SEND_LINKS,
            IMPORT_LISTS,
            SEE_COMMISSIONS,
            SEE_BILLS,
            WORK_ON_TASKS,
            PROVE_CHANGES),
    CLIENT_SUPPORT(
            "client-support",
            "Soutien à la clientèle / Client support",
            ALL_FIRMS,
            List.of("ask-client"),
            SEE_CLIENTS,
            SEE_BILLS,
            RECORD_ANSWERS,
            SEND_LINKS,
            WORK_ON_TASKS),
    BILLING_OPERATIONS(
            "billing-operations",
            "Opérations de facturation / Billing operations",
            ALL_FIRMS,
            List.of(
                    "change-payer",
                    "change-by-hand",
                    "first-bills",
                    "integration-by-hand",
                    "deliver-mail",
                    "resolve-refused-step"),
            SEE_CLIENTS,
            SETTLE_DISPUTES,
            SEE_FIGURES,
            SEE_COMMISSIONS,
            SEE_BILLS,
            SEE_PAYMENTS,
            WORK_ON_TASKS,
            PROVE_CHANGES,
            WATCH_PROCESSES,
            RETRY_JOBS),
    PROCESS_OWNER(
            "process-owner",
            "Responsables des processus / Process owners",
            ALL_FIRMS,
            List.of(),
            SEE_CLIENTS,
            SEE_FIGURES,
            WATCH_PROCESSES,
            MOVE_CASES),
    AUDITOR(
            "auditor",
            "Auditrices et auditeurs / Auditors",
            ALL_FIRMS,
            List.of(),
            SEE_CLIENTS,
            SEE_BILLS,
            READ_AUDIT,
            WATCH_PROCESSES),
    ADMINISTRATOR(
            "camunda-admin",
            "Administration",
            ALL_FIRMS,
            List.of(),
            SEE_CLIENTS,
            IMPORT_LISTS,
            SEE_FIGURES,
            MANAGE_PEOPLE);

    private static final Map<Right, String> APPLICATIONS =
            Map.of(WORK_ON_TASKS, "tasklist", WATCH_PROCESSES, "cockpit", MANAGE_PEOPLE, "admin");

    private final String group;
    private final String title;
    private final Reach reach;
    private final List<String> works;
    private final Set<Right> rights;

    Role(String group, String title, Reach reach, List<String> works, Right... rights) {
        this.group = group;
        this.title = title;
        this.reach = reach;
        this.works = works;
        this.rights = Set.of(rights);
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

    /** What the role may do on our pages. */
    Set<Right> rights() {
        return rights;
    }

    /** The web applications of the engine that the role opens. */
    List<String> applications() {
        return rights.stream()
                .flatMap(right -> Stream.ofNullable(APPLICATIONS.get(right)))
                .toList();
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
