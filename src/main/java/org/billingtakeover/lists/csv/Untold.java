package org.billingtakeover.lists.csv;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.billingtakeover.lists.ListColumn;
import org.billingtakeover.lists.ListFault;

/** What spreadsheets and people write where a value is not known; it says nothing of the client. */
final class Untold {

    /** In capitals whatever the language, as spreadsheets write it. */
    private static final Pattern ERROR = Pattern.compile("#[¡¿]?[\\p{Lu}\\p{Lo}][\\p{Lu}\\p{Lo}\\p{N}_/.-]{0,30}[!?]"
            + "|(?iu:#[¡¿]?(n/a|n/d|n/b|i/t|н/д|nv|yok|brak|hiányzik|není_k_dispozici|getting_data|ref|value|valeur|valor|wert"
            + "|name|nom|nombre|nome|bezug|zahl|null|nul|nulo|num|nombre|div/0|spill|calc|error|erreur|fehler)[!?]?)"
            + "|(?iu:(err|error|erreur|fehler) ?: ?\\d{3})");

    private static final Pattern MARKS = Pattern.compile("[\\p{P}\\p{Sm}\\p{Sk}\\p{Sc}\\p{Z}]+");

    private static final Set<String> WORDS = Set.of(
            ("n/a|n.a.|n/d|s/o|s.o.|tbd|t.b.d.|tba|tbc|none|aucun|aucune|unknown|not known|don t know|inconnu|inconnue|pas connu"
                            + "|unbekannt|desconocido|desconocida|to be determined|to be confirmed|to come|a determiner|a confirmer"
                            + "|a venir|a completer|a preciser|not available|not applicable|non disponible|non applicable"
                            + "|sans objet|missing|manquant|manquante|to do|todo|a faire|pending|en attente|loading|chargement"
                            + "|xx|xxx|xxxx")
                    .split("\\|"));

    /** Also names of people and places. */
    private static final Set<String> WORDS_OF_MACHINES = Set.of("null", "nil", "nan", "undefined", "na", "nd");

    private static final Set<ListColumn> NAMES =
            EnumSet.of(ListColumn.COMPANY_NAME, ListColumn.ADMIN_NAME, ListColumn.COUNTRY, ListColumn.PROVINCE);

    /** In which an office may say that the client does not have the product. */
    private static final Set<ListColumn> OF_PRODUCTS = EnumSet.range(ListColumn.ONLINE_PLAN, ListColumn.TIME_STATUS);

    /** Each line has its own. */
    private static final Set<ListColumn> OF_ITS_OWN = EnumSet.range(ListColumn.COMPANY_ID, ListColumn.ADMIN_EMAIL);

    private static final Map<ListColumn, Function<String, Optional<ListFault>>> READ = new EnumMap<>(ListColumn.class);

    static {
        for (ListColumn column : ListColumn.values()) {
            Function<String, Optional<ListFault>> read = cell -> read(cell, column);
            READ.put(column, OF_ITS_OWN.contains(column) ? read : new Remembered<>(read));
        }
    }

    private Untold() {}

    /** The fault of a cell that is filled and says nothing. */
    static Optional<ListFault> of(String cell, ListColumn column) {
        return cell.isEmpty()
                ? Optional.empty()
                : Objects.requireNonNull(READ.get(column)).apply(cell);
    }

    private static Optional<ListFault> read(String cell, ListColumn column) {
        if (isError(cell)) {
            return Optional.of(ListFault.SPREADSHEET_ERROR);
        }
        if (OF_PRODUCTS.contains(column) && Words.NO_PRODUCT.meaning(cell).isPresent()) {
            return Optional.empty();
        }
        String word = cell.toLowerCase(Locale.ROOT);
        String plain = Words.plain(cell);
        boolean saysNothing = plain.isEmpty() && MARKS.matcher(cell).matches()
                || WORDS.contains(word)
                || WORDS.contains(plain)
                || (!NAMES.contains(column) && WORDS_OF_MACHINES.contains(plain));
        return saysNothing ? Optional.of(ListFault.SAYS_NOTHING) : Optional.empty();
    }

    private static boolean isError(String cell) {
        boolean hasItsSigns = cell.charAt(0) == '#' || cell.indexOf(':') >= 0;
        return hasItsSigns && ERROR.matcher(cell).matches();
    }
}
