package org.billingtakeover.lists;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.AccountChanged;
import org.billingtakeover.account.AccountTest;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.kernel.CompanyId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lists as they come out of spreadsheets, mail programs and broken disks: each is a good list to which one to three things have happened.
 * How many of them are tried, the build says; a list that fails is made again from its seed.
 */
@AccountTest
@RecordApplicationEvents
@DisplayName("A list to which something has happened")
class MutatedListsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 5, 4);
    private static final int LISTS = Integer.getInteger("lists.mutated", 150);
    private static final int CLIENTS = 12;

    /** What a spreadsheet or a person writes where nothing is known; it says nothing of a subscription. */
    private static final List<String> SAYS_NOTHING = List.of(
            "#N/A",
            "#REF!",
            "#VALEUR!",
            "#NOM?",
            "#DIV/0!",
            "#NUM!",
            "#NULL!",
            "#SPILL!",
            "?",
            "n/a",
            "??",
            "TBD",
            "inconnu",
            "à venir",
            "unknown",
            "#¡REF!",
            "#WERT!",
            "-",
            "—",
            "???");

    @Autowired
    private ImportAccountList importList;

    @Autowired
    private Accounts accounts;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private ApplicationEvents events;

    private final Firm firm = SampleAccounts.firm("F-" + UUID.randomUUID());
    private final List<String> good = good();

    @Test
    @DisplayName("crashes nothing, names each line that is bad, and cancels nobody")
    void mutated() throws Exception {
        accounts.save(firm);
        for (int seed = 0; seed < LISTS; seed++) {
            transaction.executeWithoutResult(
                    status -> jdbc.sql("truncate client, payer_period cascade").update());
            imports(String.join("\n", good).getBytes(StandardCharsets.UTF_8));
            List<Account> before = accounts.ofFirm(firm.id(), "", 0, 100);
            assertThat(before)
                    .as("before list " + seed)
                    .hasSize(CLIENTS)
                    .allMatch(account -> account.client().companyId().text().matches("M-[0-9]+"));
            events.clear();
            Mutation mutation = new Mutation(new Random(seed), good);

            Optional<ImportResult> result = imports(mutation.file());

            String which = "list " + seed + ": " + mutation.done;
            List<Account> after = accounts.ofFirm(firm.id(), "", 0, 1000);
            assertThat(after)
                    .as(which)
                    .noneMatch(account ->
                            account.online().isCancelled() || account.time().isCancelled());
            result.ifPresent(read -> {
                assertThat(read.problems().stream().map(LineProblem::line).distinct())
                        .as(which)
                        .hasSize(read.badLines());
                assertThat(read.problems())
                        .as(which)
                        .extracting(LineProblem::fault)
                        .doesNotContain(ListFault.NOT_STORED);
            });
            Set<UUID> told = events.stream(AccountChanged.class)
                    .map(AccountChanged::clientId)
                    .collect(Collectors.toSet());
            for (Account each : before) {
                if (!mutation.mayHaveChanged(each.client().companyId())) {
                    assertThat(after).as(which).contains(each);
                    assertThat(told).as(which).doesNotContain(each.client().id());
                }
            }
        }
    }

    /** Empty where no line of it can be read, which is said of the whole file. */
    private Optional<ImportResult> imports(byte[] file) throws Exception {
        try {
            return Optional.of(importList.run(
                    firm.id(), AccountList.of(file), new Claim(TODAY, false), false, "alice", (progress, soFar) -> {}));
        } catch (UnusableAccountList e) {
            return Optional.empty();
        }
    }

    private static List<String> good() {
        List<String> lines = new ArrayList<>();
        lines.add(ListFile.headerLine());
        IntStream.range(0, CLIENTS)
                .mapToObj(number -> ListFile.line(
                        "Company ID", "M-" + number,
                        "Company name", number % 2 == 0 ? "Crèmerie " + number : "Œuvre, « " + number + " »",
                        "Time payer", number % 3 == 0 ? "firm" : "client"))
                .forEach(lines::add);
        return lines;
    }

    /** What has happened to a list. */
    private static final class Mutation {

        final List<String> done = new ArrayList<>();
        private final Random random;
        private final List<String> lines;
        private final Set<Integer> touched = new HashSet<>();
        private boolean throughout;
        private byte[] file;

        Mutation(Random random, List<String> good) {
            this.random = random;
            this.lines = new ArrayList<>(good);
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                happensToLines();
            }
            this.file = String.join(random.nextBoolean() ? "\n" : "\r\n", lines).getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(3) == 0) {
                happensToFile();
            }
        }

        byte[] file() {
            return file;
        }

        boolean mayHaveChanged(CompanyId company) {
            return throughout
                    || touched.contains(Integer.parseInt(company.text().replaceFirst("M-", "")) + 1);
        }

        private void happensToLines() {
            int line = 1 + random.nextInt(CLIENTS);
            touched.add(line);
            List<String> cells = new ArrayList<>(List.of(lines.get(line).split(",(?=\")")));
            int cell = random.nextInt(cells.size());
            String what;
            switch (random.nextInt(9)) {
                case 0, 1, 2 -> {
                    String token = SAYS_NOTHING.get(random.nextInt(SAYS_NOTHING.size()));
                    cells.set(cell, '"' + token + '"');
                    what = "cell " + cell + " says " + token;
                }
                case 3 -> {
                    // As a look-up that failed fills all cells of a product.
                    String token = SAYS_NOTHING.get(random.nextInt(SAYS_NOTHING.size()));
                    int from = random.nextBoolean() ? 10 : 15;
                    for (int i = from; i < Math.min(cells.size(), from == 10 ? 15 : 23); i++) {
                        cells.set(i, '"' + token + '"');
                    }
                    what = "a product says " + token;
                }
                case 4 -> {
                    cells.remove(cell);
                    what = "cell " + cell + " is missing";
                }
                case 5 -> {
                    cells.set(cell, cells.get(cell).substring(1));
                    what = "cell " + cell + " has lost its mark";
                }
                case 6 -> {
                    cells.set(cell, '"' + "\u0000\u202E\uFEFF" + cells.get(cell).substring(1));
                    what = "cell " + cell + " has signs that nobody sees";
                }
                case 7 -> {
                    cells.set(cell, '"' + "9".repeat(random.nextInt(400)) + '"');
                    what = "cell " + cell + " is a long number";
                }
                default -> {
                    cells = new ArrayList<>(cells.subList(0, cell + 1));
                    what = "the line ends at cell " + cell;
                }
            }
            lines.set(line, String.join(",", cells));
            done.add("line " + (line + 1) + ": " + what);
        }

        private void happensToFile() {
            switch (random.nextInt(5)) {
                case 0 -> {
                    int at = 1 + random.nextInt(file.length - 1);
                    file = Arrays.copyOf(file, at);
                    done.add("cut off at " + at);
                    lineAt(at);
                }
                case 1 -> {
                    int at = random.nextInt(file.length);
                    file[at] = (byte) (0x80 + random.nextInt(0x80));
                    done.add("a damaged byte at " + at);
                    lineAt(at);
                }
                case 2 -> {
                    Charset charset = Charset.forName(List.of("IBM850", "windows-1252", "x-MacRoman", "UTF-16")
                            .get(random.nextInt(4)));
                    file = new String(file, StandardCharsets.UTF_8).getBytes(charset);
                    done.add("in " + charset);
                    throughout = true;
                }
                case 3 -> {
                    file = new String(file, StandardCharsets.UTF_8)
                            .replace("\",\"", "\";\"")
                            .getBytes(StandardCharsets.UTF_8);
                    done.add("with semicolons in its lines alone");
                    throughout = true;
                }
                default -> {
                    byte[] twice = Arrays.copyOf(file, 2 * file.length + 1);
                    twice[file.length] = '\n';
                    System.arraycopy(file, 0, twice, file.length + 1, file.length);
                    file = twice;
                    done.add("twice");
                }
            }
        }

        /** A byte that is lost or damaged may belong to the end of its line, and then to the next line too; in the headers, to all. */
        private void lineAt(int at) {
            int line = (int) new String(file, 0, Math.min(at, file.length), StandardCharsets.ISO_8859_1)
                    .chars()
                    .filter(sign -> sign == '\n')
                    .count();
            throughout |= line == 0;
            touched.add(line);
            touched.add(line + 1);
        }
    }
}
