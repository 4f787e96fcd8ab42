package org.billingtakeover.lists.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.billingtakeover.lists.ListColumn;
import org.billingtakeover.lists.ListFault;
import org.billingtakeover.lists.UnusableAccountList;

/** Which column of a file is which, by its header in French or English; word order and small words do not matter. */
final class Header {

    private static final Map<Set<String>, ListColumn> NAMES = new HashMap<>();

    /** Words that only join others, and the patterns of dates that some write behind a header. */
    private static final Set<String> SMALL_WORDS = Set.of(
            "a", "d", "de", "des", "du", "l", "la", "le", "les", "of", "the", "par", "by", "aaaa", "yyyy", "mm", "jj",
            "dd");

    private static final Pattern ONLINE = Pattern.compile("\\b(quickbooks online|quickbooks en ligne|qb online)\\b");
    private static final Pattern TIME = Pattern.compile("\\b(quickbooks time|qb time|qbt)\\b");

    static {
        names(ListColumn.COMPANY_ID, "company id", "company number", "client id", "id de l'entreprise");
        names(ListColumn.COMPANY_ID, "numéro de l'entreprise", "no de l'entreprise", "identifiant de l'entreprise");
        names(ListColumn.COMPANY_NAME, "company name", "company", "client name", "client");
        names(ListColumn.COMPANY_NAME, "nom de l'entreprise", "entreprise", "nom du client", "raison sociale");
        names(ListColumn.ADMIN_NAME, "primary admin", "primary admin name", "primary administrator", "admin name");
        names(ListColumn.ADMIN_NAME, "administrateur principal", "nom de l'administrateur principal");
        names(ListColumn.ADMIN_NAME, "admin principal", "nom de l'administrateur");
        names(ListColumn.ADMIN_EMAIL, "primary admin email", "primary admin e-mail", "admin email", "admin e-mail");
        names(ListColumn.ADMIN_EMAIL, "email", "e-mail", "email address", "courriel", "adresse courriel");
        names(ListColumn.ADMIN_EMAIL, "courriel de l'administrateur principal", "courriel de l'administrateur");
        names(ListColumn.ADMIN_EMAIL, "courriel de l'admin principal");
        names(ListColumn.LANGUAGE, "language", "langue", "langue de correspondance");
        names(ListColumn.COUNTRY, "country", "pays");
        names(ListColumn.PROVINCE, "province", "state", "province or state", "province state");
        names(ListColumn.PROVINCE, "province ou état", "province état", "état");
        names(ListColumn.TIME_ZONE, "time zone", "timezone", "fuseau horaire");
        names(ListColumn.CURRENCY, "currency", "devise", "monnaie");
        names(ListColumn.STOP_DATE, "stop date", "integration stop date", "integration stops on");
        names(ListColumn.STOP_DATE, "date d'arrêt", "date d'arrêt de l'intégration");
        names(ListColumn.STOP_DATE, "date d'interruption", "date d'interruption de l'intégration");

        names(ListColumn.INTEGRATION, "integration status", "state of the integration", "integration state");
        names(ListColumn.INTEGRATION, "état de l'intégration", "statut de l'intégration");

        for (String word : List.of("plan", "forfait")) {
            products(ListColumn.ONLINE_PLAN, ListColumn.TIME_PLAN, word);
        }
        for (String word :
                List.of("users", "number of users", "utilisateurs", "nombre d'utilisateurs", "nb utilisateurs")) {
            products(ListColumn.ONLINE_USERS, ListColumn.TIME_USERS, word);
        }
        for (String word : List.of("payer", "paid by", "billed to", "payeur", "payé par", "facturé à")) {
            products(ListColumn.ONLINE_PAYER, ListColumn.TIME_PAYER, word);
        }
        for (String word : List.of("billing day", "jour de facturation")) {
            products(ListColumn.ONLINE_BILLING_DAY, ListColumn.TIME_BILLING_DAY, word);
        }
        for (String word : List.of("status", "statut", "état")) {
            products(ListColumn.ONLINE_STATUS, ListColumn.TIME_STATUS, word);
        }
        for (String word : List.of("cycle", "billing cycle", "cycle de facturation", "frequency", "fréquence")) {
            names(ListColumn.TIME_CYCLE, "time " + word);
        }
        for (String word : List.of("renewal date", "renewal", "date de renouvellement", "renouvellement")) {
            names(ListColumn.TIME_RENEWAL_DATE, "time " + word);
        }
        for (String word :
                List.of("in payroll", "included in payroll", "inclus dans la paie", "inclus dans un forfait de paie")) {
            names(ListColumn.TIME_IN_PAYROLL, "time " + word);
        }
        for (String word : List.of(
                "commission",
                "commissions",
                "commission balance",
                "commissions not paid",
                "unpaid commission",
                "unpaid commissions",
                "revenue share",
                "solde de commissions",
                "solde des commissions",
                "commissions non versées",
                "commissions à verser",
                "partage de revenus")) {
            names(ListColumn.TIME_COMMISSION, "time " + word);
        }
    }

    private final Map<ListColumn, Integer> positions = new EnumMap<>(ListColumn.class);
    private final List<String> ignored = new ArrayList<>();
    private final List<String> headers;
    private final Optional<UnusableAccountList> columnTwice;

    Header(List<String> cells) {
        this(cells, List.of());
    }

    /** @param groups the line above, where each word stands for its column and the empty ones behind it, such as the name of a product */
    Header(List<String> cells, List<String> groups) {
        headers = inGroups(withoutEmptyEnd(cells.stream().map(Row::tidy).toList()), groups);
        UnusableAccountList twice = null;
        for (int i = 0; i < headers.size(); i++) {
            ListColumn column = NAMES.get(wordsOf(headers.get(i)));
            if (column != null && positions.containsKey(column)) {
                twice = new UnusableAccountList(ListFault.COLUMN_TWICE, List.of(nameOf(column), headers.get(i)));
            } else if (column != null) {
                positions.put(column, i);
            } else if (!headers.get(i).isEmpty()) {
                ignored.add(headers.get(i));
            }
        }
        columnTwice = Optional.ofNullable(twice);
    }

    private static List<String> inGroups(List<String> headers, List<String> groups) {
        List<String> all = new ArrayList<>();
        String group = "";
        for (int i = 0; i < headers.size(); i++) {
            String above = i < groups.size() ? Row.tidy(groups.get(i)) : "";
            group = above.isEmpty() ? group : above;
            String inGroup = (group + " " + headers.get(i)).strip();
            all.add(NAMES.containsKey(wordsOf(inGroup)) ? inGroup : headers.get(i));
        }
        return all;
    }

    private static List<String> withoutEmptyEnd(List<String> headers) {
        int size = headers.size();
        while (size > 0 && headers.get(size - 1).isEmpty()) {
            size--;
        }
        return List.copyOf(headers.subList(0, size));
    }

    /** How many of the columns of an account list were recognized. */
    int recognized() {
        return positions.size();
    }

    /** @throws UnusableAccountList if a header cannot be read, a mandatory column is missing, or one is there twice */
    void check() throws UnusableAccountList {
        if (headers.stream().anyMatch(header -> header.indexOf(ListText.DAMAGED) >= 0)) {
            throw new UnusableAccountList(ListFault.UNKNOWN_ENCODING, List.of());
        }
        if (columnTwice.isPresent()) {
            throw columnTwice.get();
        }
        List<String> missing = Arrays.stream(ListColumn.values())
                .filter(ListColumn::mandatory)
                .filter(column -> !positions.containsKey(column))
                .map(ListColumn::name)
                .toList();
        if (!missing.isEmpty()) {
            throw new UnusableAccountList(ListFault.MISSING_COLUMNS, missing);
        }
    }

    /** Whether a line further down has the headers once more. */
    boolean isAgain(List<String> cells) {
        // A line of a client has something else in its first cell already.
        return recognized() > 2
                && positions.entrySet().stream().allMatch(each -> isHeaderOf(each.getKey(), each.getValue(), cells))
                && new Header(cells).positions.equals(positions);
    }

    private static boolean isHeaderOf(ListColumn column, int position, List<String> cells) {
        return position < cells.size() && isHeaderOf(column, Row.tidy(cells.get(position)));
    }

    /** No header has a digit, which most cells have with which a line begins. */
    private static boolean isHeaderOf(ListColumn column, String cell) {
        return cell.chars().noneMatch(Character::isDigit) && NAMES.get(wordsOf(cell)) == column;
    }

    List<String> ignored() {
        return List.copyOf(ignored);
    }

    int size() {
        return headers.size();
    }

    Optional<Integer> position(ListColumn column) {
        return Optional.ofNullable(positions.get(column));
    }

    /** The header as in the file. */
    String nameOf(ListColumn column) {
        return position(column).map(headers::get).orElse(column.name());
    }

    private static void products(ListColumn online, ListColumn time, String words) {
        names(online, "qbo " + words);
        names(time, "time " + words);
    }

    private static void names(ListColumn column, String... names) {
        for (String name : names) {
            NAMES.put(wordsOf(name), column);
        }
    }

    private static Set<String> wordsOf(String name) {
        String online = ONLINE.matcher(Words.plain(name)).replaceAll("qbo");
        Set<String> words =
                new TreeSet<>(List.of(TIME.matcher(online).replaceAll("time").split(" ")));
        words.removeAll(SMALL_WORDS);
        return words;
    }
}
