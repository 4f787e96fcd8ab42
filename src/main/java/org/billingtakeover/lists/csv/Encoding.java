package org.billingtakeover.lists.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.billingtakeover.lists.AccountList;
import org.billingtakeover.lists.ListFault;
import org.billingtakeover.lists.UnusableAccountList;

/**
 * How the bytes of a file become text.
 *
 * @param markLength how many bytes of byte order mark come before the text
 */
record Encoding(Charset charset, int markLength) {

    /** What spreadsheets write that do not write Unicode. */
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    /** Finds out, where the file does not say, by reading it through a chunk at a time. */
    static Encoding of(AccountList list) throws IOException, UnusableAccountList {
        String start = startOf(list);
        if (start.startsWith("PK\u0003\u0004") || start.startsWith("\u00D0\u00CF\u0011\u00E0")) {
            throw new UnusableAccountList(ListFault.EXCEL_WORKBOOK, List.of());
        }
        for (Encoding each : List.of(marked(start), new Encoding(WINDOWS, 0))) {
            if (each.fits(list)) {
                return each;
            }
        }
        throw new UnusableAccountList(ListFault.NOT_TEXT, List.of());
    }

    private static Encoding marked(String start) {
        if (start.startsWith("\u00FF\u00FE")) {
            return new Encoding(StandardCharsets.UTF_16LE, 2);
        }
        if (start.startsWith("\u00FE\u00FF")) {
            return new Encoding(StandardCharsets.UTF_16BE, 2);
        }
        return new Encoding(StandardCharsets.UTF_8, start.startsWith("\u00EF\u00BB\u00BF") ? 3 : 0);
    }

    /** The text of a file from its start. */
    Reader reader(InputStream in) throws IOException {
        in.skipNBytes(markLength);
        return new InputStreamReader(in, charset.newDecoder());
    }

    private boolean fits(AccountList list) throws IOException {
        try (Reader text = reader(list.open())) {
            char[] chunk = new char[8192];
            for (int length = text.read(chunk); length >= 0; length = text.read(chunk)) {
                if (new String(chunk, 0, length).indexOf('\0') >= 0) {
                    return false;
                }
            }
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** The first bytes, each as the character of its own number. */
    private static String startOf(AccountList list) throws IOException {
        try (InputStream in = list.open()) {
            return new String(in.readNBytes(4), StandardCharsets.ISO_8859_1);
        }
    }
}
