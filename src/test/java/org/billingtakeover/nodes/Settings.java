package org.billingtakeover.nodes;

import com.icegreen.greenmail.util.GreenMail;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a node of production is told: its database, its mail server, the proxy before it, one firm and a person of each role. */
public final class Settings {

    /** Everybody's. */
    static final String PASSWORD = "Two-n0des-of-one";

    private Settings() {}

    static Map<String, String> of(String database, GreenMail mail, Proxy proxy) {
        return of(database, mail.getSmtp().getPort(), proxy.port());
    }

    /** @param webPort where people reach it */
    public static Map<String, String> of(String database, int smtpPort, int webPort) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("spring.datasource.url", database);
        settings.put("spring.datasource.username", "postgres");
        settings.put("spring.datasource.password", "postgres");
        settings.put("spring.mail.host", "127.0.0.1");
        settings.put("spring.mail.port", String.valueOf(smtpPort));
        settings.put("server.servlet.session.cookie.secure", "false");
        settings.put("back-office.mail.from", "back-office@example.com");
        settings.put("back-office.public-url", "http://localhost:" + webPort);
        settings.put("back-office.link-secret", "a7Qm-49xT-Zr02-bLw8-kPe5-Yd31-Hs6v");
        settings.put("back-office.admin.id", "ada");
        settings.put("back-office.admin.first-name", "Ada");
        settings.put("back-office.admin.last-name", "Admin");
        settings.put("back-office.admin.email", "ada@example.com");
        settings.put("back-office.admin.password", PASSWORD);
        addFirm(settings);
        addPerson(settings, 0, "alice", "accountant", "F-1");
        addPerson(settings, 1, "audrey", "auditor", "");
        addPerson(settings, 2, "simon", "client-support", "");
        addPerson(settings, 3, "olivia", "billing-operations", "");
        addPerson(settings, 4, "peter", "process-owner", "");
        return settings;
    }

    private static void addFirm(Map<String, String> settings) {
        Map<String, String> firm = Map.ofEntries(
                Map.entry("id", "F-1"),
                Map.entry("name", "Firm 1"),
                Map.entry("email", "firm@example.com"),
                Map.entry("language", "en"),
                Map.entry("country", "CA"),
                Map.entry("province", "QC"),
                Map.entry("time-zone", "America/Toronto"),
                Map.entry("currency", "CAD"),
                Map.entry("wholesale-billing", "true"),
                Map.entry("payment-method-on-file", "true"),
                Map.entry("platform", "ledger"));
        firm.forEach((name, value) -> settings.put("back-office.firms[0]." + name, value));
        // On its bill date nothing may be opened.
        int billDay = LocalDate.now(ZoneId.of("America/Toronto")).plusDays(10).getDayOfMonth();
        settings.put("back-office.firms[0].bill-day", String.valueOf(billDay));
    }

    private static void addPerson(Map<String, String> settings, int number, String id, String role, String firm) {
        String person = "back-office.users[" + number + "].";
        settings.put(person + "id", id);
        settings.put(person + "first-name", id);
        settings.put(person + "last-name", "Test");
        settings.put(person + "email", id + "@example.com");
        settings.put(person + "password", PASSWORD);
        settings.put(person + "groups[0]", role);
        if (!firm.isEmpty()) {
            settings.put(person + "firm", firm);
        }
    }
}
