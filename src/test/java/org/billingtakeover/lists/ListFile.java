package org.billingtakeover.lists;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An account list written for a test: English headers and commas, a good line per client, and from there whatever the test is
 * about.
 */
public final class ListFile {

    private static final Map<String, String> GOOD = new LinkedHashMap<>();

    static {
        GOOD.put("Company ID", "C-1");
        GOOD.put("Company name", "Atelier Beauséjour");
        GOOD.put("Primary admin", "Mireille Gagnon");
        GOOD.put("Primary admin e-mail", "mireille.gagnon@example.ca");
        GOOD.put("Language", "fr");
        GOOD.put("Country", "CA");
        GOOD.put("Province", "QC");
        GOOD.put("Time zone", "");
        GOOD.put("Currency", "CAD");
        GOOD.put("Stop date", "");
        GOOD.put("Integration status", "");
        GOOD.put("QBO plan", "Plus");
        GOOD.put("QBO users", "3");
        GOOD.put("QBO payer", "firm");
        GOOD.put("QBO billing day", "12");
        GOOD.put("QBO status", "active");
        GOOD.put("Time plan", "Premium");
        GOOD.put("Time users", "8");
        GOOD.put("Time payer", "client");
        GOOD.put("Time cycle", "monthly");
        GOOD.put("Time renewal date", "");
        GOOD.put("Time billing day", "20");
        GOOD.put("Time status", "active");
        GOOD.put("Time in payroll", "no");
    }

    private final List<String> lines = new ArrayList<>();

    private ListFile() {
        lines.add(String.join(",", GOOD.keySet()));
    }

    /** A list of headers, without lines. */
    public static ListFile empty() {
        return new ListFile();
    }

    /** Adds a good line, with these values in place of its own: header, value, header, value … */
    public ListFile with(String... headersAndValues) {
        lines.add(line(headersAndValues));
        return this;
    }

    /** Adds a good line of a split client for each of these company ids. */
    public ListFile withSplit(String... companyIds) {
        Arrays.stream(companyIds).forEach(id -> with("Company ID", id));
        return this;
    }

    /** A line as {@link #with} adds it. */
    public static String line(String... headersAndValues) {
        Map<String, String> values = new LinkedHashMap<>(GOOD);
        for (int i = 0; i < headersAndValues.length; i += 2) {
            if (values.put(headersAndValues[i], headersAndValues[i + 1]) == null) {
                throw new IllegalArgumentException("No column " + headersAndValues[i]);
            }
        }
        return values.values().stream()
                .map(value -> '"' + value.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(","));
    }

    public static String headerLine() {
        return String.join(",", GOOD.keySet());
    }

    public AccountList file() {
        return of(String.join("\r\n", lines) + "\r\n", StandardCharsets.UTF_8);
    }

    /** A file that a real office could send, from the folder of cases. */
    public static AccountList ofCase(String name) throws IOException {
        return AccountList.of(Path.of("src/test/resources/cases", name + ".csv"));
    }

    /** A file of this text. */
    public static AccountList of(String text, Charset charset) {
        return of(text.getBytes(charset));
    }

    public static AccountList of(byte[] bytes) {
        return AccountList.of(bytes);
    }
}
