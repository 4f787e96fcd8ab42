package org.billingtakeover.nodes;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.GreenMail;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.billingtakeover.Visitor;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * An accountant and clients who do what waits for them, one thing after the other. Whoever gets no answer does the same again later,
 * without knowing what became of it.
 */
final class People {

    /** Of the clients on a list, those with two payers; the others make it longer. */
    static final int SPLIT = 12;

    static final int ON_A_LIST = 2000;

    private static final int APART = ON_A_LIST / SPLIT;
    private static final String TASKS = "/camunda/api/engine/engine/default/task/";
    private static final Pattern IMPORT = Pattern.compile("/clients/import/[0-9a-f-]{36}");
    private static final Pattern LINK = Pattern.compile("/answer/[\\w-]+");

    private final Proxy proxy;
    private final GreenMail mail;
    private final JdbcClient jdbc;
    private final Random random;

    /** Of which it is not known yet that they were taken. */
    final Queue<Integer> lists = new ArrayDeque<>();

    /** Pages and calls that answered with a fault of the product's, though their node lives. */
    final Set<String> faults = new LinkedHashSet<>();

    private Visitor alice;

    People(Proxy proxy, GreenMail mail, JdbcClient jdbc, Random random) {
        this.proxy = proxy;
        this.mail = mail;
        this.jdbc = jdbc;
        this.random = random;
        this.alice = signedIn();
    }

    private Visitor signedIn() {
        Visitor visitor = new Visitor(proxy.port()).signedInAs("alice", Settings.PASSWORD);
        visitor.get("/camunda/app/tasklist/default/");
        return visitor;
    }

    /** There is another list, with a line that is bad. */
    void haveList(int number) {
        lists.add(number);
    }

    /** Somebody does one thing that waits, whichever. */
    void act() {
        List<Runnable> waiting = waiting();
        if (waiting.isEmpty()) {
            return;
        }
        try {
            // Whether she is still signed in; the page of clients takes seconds once a firm has 200,000.
            if (alice.get("/clients/import").statusCode() != 200) {
                alice = signedIn();
            }
            waiting.get(random.nextInt(waiting.size())).run();
        } catch (UncheckedIOException theirNodeWasKilled) {
            // It waits as before, unless it was done.
        }
    }

    private List<Runnable> waiting() {
        if (!lists.isEmpty()) {
            return List.of(this::importList);
        }
        List<Runnable> waiting = new ArrayList<>();
        jdbc.sql("""
                        select id from client c
                        where name like 'Split-%' and not exists (select from takeover t where t.client_id = c.id)
                        """).query(UUID.class).list().forEach(client -> waiting.add(() -> updateNow(client)));
        jdbc.sql("""
                        select task.id_, t.quote_number from act_ru_task task
                            join act_ru_execution e on e.id_ = task.proc_inst_id_
                            join takeover t on t.key = e.business_key_
                        where task.task_def_key_ = 'UserTask_ReviewNewCost'
                        """).query(row -> {
            String task = row.getString(1);
            String quote = row.getString(2);
            waiting.add(() -> takeOver(task, quote));
        });
        jdbc.sql("""
                        select r.email, r.way = 'CLIENT_TAKES_ONLINE', split_part(t.company_id, '-', 3)::int,
                            (select count(*) from consent_request each where each.takeover_key = t.key)
                        from consent_request r join takeover t on t.key = r.takeover_key where r.status = 'OPEN'
                        """).query(row -> {
            String email = row.getString(1);
            boolean agrees = row.getBoolean(2) || !declines(row.getInt(3));
            int questions = row.getInt(4);
            waiting.add(() -> answer(email, questions, agrees));
        });
        return waiting;
    }

    /** Some clients, by their number on their list, do not agree to what their firm asks, and then take over themselves. */
    static boolean declines(int number) {
        return number % 4 == 3;
    }

    private void importList() {
        int number = lists.element();
        alice.get("/clients/import");
        HttpResponse<String> answer = alice.upload(
                "/clients/import",
                Map.of("firm", "F-1", "dryRun", "false", "again", "true"),
                "list-" + number + ".csv",
                list(number).getBytes(StandardCharsets.UTF_8));
        if (IMPORT.matcher(answer.headers().firstValue("Location").orElse("")).find()) {
            lists.remove();
        }
    }

    private static String list(int number) {
        int tomorrow = LocalDate.now(ZoneId.of("America/Toronto")).plusDays(1).getDayOfMonth();
        StringBuilder list = new StringBuilder(
                "Company ID,Company name,Primary admin,Admin email,Language,Country,Province,Time zone,Currency,QBO plan,QBO payer,"
                        + "QBO billing day,QBO status,Time plan,Time users,Time payer,Time cycle,Time billing day,Time status,"
                        + "Time in payroll\n");
        for (int i = 0; i < ON_A_LIST; i++) {
            boolean split = i % APART == 0 && i / APART < SPLIT;
            list.append(line(
                    split ? "Split-" + number + "-" + i / APART : "Paid-" + number + "-" + i, split, tomorrow, "10"));
        }
        return list.append(line("Bad-" + number, true, tomorrow, "many")).toString();
    }

    private static String line(String id, boolean split, int day, String users) {
        return "%s,%s,Alex Admin,%s@clients.example,en,CA,ON,America/Toronto,CAD,Plus,Firm,%d,Active,Premium,%s,%s,Monthly,%d,Active,No\n"
                .formatted(id, id, id.toLowerCase(Locale.ROOT), day, users, split ? "Client" : "Firm", day);
    }

    private void updateNow(UUID client) {
        note("Update now", alice.post("/clients/" + client + "/takeover", Map.of()));
    }

    private void takeOver(String task, String quote) {
        note("claim", alice.postJson(TASKS + task + "/claim", "{\"userId\": \"alice\"}"));
        note("complete", alice.postJson(TASKS + task + "/submit-form", """
                {"variables": {"decision": {"value": "takeOver"}, "acknowledged": {"value": true},
                               "quoteNumber": {"value": "%s"}}}
                """.formatted(quote)));
    }

    private void answer(String email, int questions, boolean agrees) {
        List<String> links = links(email);
        if (links.size() < questions) {
            return;
        }
        String link = links.get(questions - 1);
        Visitor client = new Visitor(proxy.port());
        note("question", client.get(link));
        Map<String, String> answer =
                new HashMap<>(Map.of("name", "Alex Admin", "role", "Owner", "agree", "yes", "lang", "en"));
        answer.put("answer", agrees ? "confirmed" : "declined");
        note("answer", client.post(link, answer));
    }

    /** Those that were mailed to an address, oldest first. */
    private List<String> links(String email) {
        GreenMailUser user = mail.getUserManager().getUserByEmail(email);
        Set<String> links = new LinkedHashSet<>();
        try {
            if (user != null) {
                // Others arrive meanwhile.
                for (StoredMessage message : List.copyOf(
                        mail.getManagers().getImapHostManager().getInbox(user).getMessages())) {
                    Object text = ((MimeMultipart) message.getMimeMessage().getContent())
                            .getBodyPart(0)
                            .getContent();
                    Matcher link = LINK.matcher(text.toString());
                    while (link.find()) {
                        links.add(link.group());
                    }
                }
            }
        } catch (FolderException | MessagingException e) {
            throw new AssertionError(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(links);
    }

    private void note(String what, HttpResponse<String> answer) {
        if (answer.statusCode() >= 500) {
            faults.add(what + ": " + answer.statusCode() + " " + answer.body());
        }
    }
}
