package org.billingtakeover.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.trail.StoredEntry;
import org.billingtakeover.trail.StoredTrail.Scope;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Writes the entries of a scope as CSV in UTF-8, one a line, to be read in a spreadsheet. It proves nothing: the JSON does. */
@Component
class WriteTable {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final WriteExport export;
    private final MessageSource messages;

    WriteTable(WriteExport export, MessageSource messages) {
        this.export = export;
        this.messages = messages;
    }

    /** @param out stays open */
    void asCsv(Scope scope, Language language, OutputStream out) throws IOException {
        Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        // Spreadsheets take it for another character set without.
        text.write(BYTE_ORDER_MARK);
        CsvWriter csv = CsvWriter.builder().build(text);
        csv.writeRecord(
                word("case", language),
                word("number", language),
                word("time", language),
                word("actor", language),
                word("what", language),
                word("code", language),
                word("details", language),
                word("hash", language));
        export.forEachEntry(scope, entry -> {
            StoredEntry stored = entry.stored();
            csv.writeRecord(
                    cell(stored.about()),
                    String.valueOf(stored.number()),
                    stored.at().toString(),
                    cell(stored.actor()),
                    cell(said(stored.what(), language.locale())),
                    cell(stored.what()),
                    cell(details(entry, language)),
                    HexFormat.of().formatHex(stored.hash()));
        });
        csv.flush();
        text.flush();
    }

    private String details(WriteExport.Entry entry, Language language) {
        JsonNode content;
        try {
            content = entry.stored().read().path("content");
        } catch (IllegalStateException e) {
            return entry.stored().document();
        }
        StringBuilder details = new StringBuilder();
        for (Detail detail : Detail.of(content, entry.said())) {
            String value = detail.value() == null ? word("erased", language) : detail.value();
            details.append(details.isEmpty() ? "" : "; ")
                    .append(detail.path())
                    .append(": ")
                    .append(value);
        }
        return details.toString();
    }

    private String said(String what, Locale locale) {
        String event = messages.getMessage("event." + what, null, "", locale);
        return event == null || event.isEmpty()
                ? String.valueOf(messages.getMessage("audit.what." + what, null, what, locale))
                : event;
    }

    private String word(String name, Language language) {
        return messages.getMessage("evidence.column." + name, null, language.locale());
    }

    /** A spreadsheet would run what begins like a formula. */
    static String cell(String text) {
        return text.isEmpty() || "=+-@\t\r\n＝＋－＠".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
    }
}
