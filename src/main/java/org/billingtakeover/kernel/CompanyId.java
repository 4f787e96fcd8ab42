package org.billingtakeover.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The platform's own number of a company, the same on every firm's list. Kept and shown as it was listed; equal to every other spelling
 * with the same normal form.
 */
public record CompanyId(@JsonValue String text) {

    /** What a spreadsheet is given so that it takes a number for text. */
    private static final Pattern AS_TEXT = Pattern.compile("=?\"(.*)\"|'(.*)");

    private static final Pattern UNSEEN = Pattern.compile(
            "[\\u0001-\\u0020\\u007F-\\u00A0\\u00AD\\u1680\\u180E\\u2000-\\u200F\\u2028-\\u202F\\u205F-\\u206F\\u3000\\uFEFF]+");
    private static final Pattern DASH = Pattern.compile(
            "[\\u058A\\u05BE\\u1400\\u1806\\u2010-\\u2015\\u2212\\u2E17\\u2E1A\\u2E3A\\u2E3B\\u2E40\\u301C\\u3030\\u30A0]");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CompanyId {}

    /** The company of a cell, whose text may be written as a formula: {@code ="00123"} is 00123. */
    public static CompanyId listed(String cell) {
        return new CompanyId(withoutFormula(UNSEEN.matcher(cell).replaceAll("")));
    }

    /**
     * The form in which ids are compared, the same as the database's {@code company_key}: without width, case, kind of dash, spaces and
     * what makes it text for a spreadsheet.
     */
    public String normal() {
        if (isPlain(text)) {
            return text;
        }
        String narrow =
                UNSEEN.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll("");
        // One sigma, whether or not it ends a word.
        return withoutFormula(DASH.matcher(narrow).replaceAll("-"))
                .toLowerCase(Locale.ROOT)
                .replace('\u03C2', '\u03C3');
    }

    /** As most are: asked of every line of every list, often. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            if (!(isDigit(sign) || sign >= 'a' && sign <= 'z' || sign == '-')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(int sign) {
        return sign >= '0' && sign <= '9';
    }

    /** Whether it is a number, of which a spreadsheet drops the zeros at the beginning. */
    public boolean isNumber() {
        return isNumber(normal());
    }

    private static boolean isNumber(String normal) {
        return !normal.isEmpty() && normal.chars().allMatch(CompanyId::isDigit);
    }

    /** The normal form without zeros at the beginning, which spreadsheets drop where an id is a number. */
    public String withoutLeadingZeros() {
        String normal = normal();
        if (!isNumber(normal)) {
            return normal;
        }
        int zeros = 0;
        while (zeros < normal.length() - 1 && normal.charAt(zeros) == '0') {
            zeros++;
        }
        return normal.substring(zeros);
    }

    private static String withoutFormula(String id) {
        Matcher asText = AS_TEXT.matcher(id);
        if (!asText.matches()) {
            return id;
        }
        return asText.group(1) == null ? asText.group(2) : asText.group(1);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CompanyId id && normal().equals(id.normal());
    }

    @Override
    public int hashCode() {
        return normal().hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
