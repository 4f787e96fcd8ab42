package org.billingtakeover.evidence;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;
import org.billingtakeover.audit.StoryEntry;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.trail.KnownEntry;
import org.billingtakeover.trail.Records;
import org.billingtakeover.trail.StoredTrail;
import org.billingtakeover.trail.StoredTrail.Scope;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Writes the entries of a scope as CSV in UTF-8, one a line, to be read in a spreadsheet. It proves nothing: the JSON does. */
@Component
class WriteTable {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final StoredTrail trail;
    private final MessageSource messages;

    WriteTable(StoredTrail trail, MessageSource messages) {
        this.trail = trail;
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
        Records lines = new Records() {
            @Override
            public void entry(KnownEntry entry) {
                write(entry, language, csv);
            }
        };
        trail.atOneInstant(() -> {
            trail.read(scope, lines);
            return scope;
        });
        csv.flush();
        text.flush();
    }

    private void write(KnownEntry known, Language language, CsvWriter csv) {
        StoryEntry entry = StoryEntry.of(known);
        csv.writeRecord(
                cell(known.stored().about()),
                String.valueOf(entry.number()),
                entry.at().toString(),
                cell(entry.actor()),
                cell(said(entry.what(), language.locale())),
                cell(entry.what()),
                cell(details(entry, language)),
                entry.hash());
    }

    private String details(StoryEntry entry, Language language) {
        return entry.leaves().stream()
                .map(leaf -> String.join(".", leaf.path()) + ": "
                        + (leaf.text() == null ? word("erased", language) : leaf.text()))
                .collect(Collectors.joining("; "));
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
