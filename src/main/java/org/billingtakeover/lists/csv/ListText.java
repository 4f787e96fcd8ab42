package org.billingtakeover.lists.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.billingtakeover.lists.AccountList;
import org.billingtakeover.lists.ListFault;
import org.billingtakeover.lists.UnusableAccountList;
import org.jspecify.annotations.Nullable;

/**
 * The text of a list, read once. Where a file does not say how it is written, that is decided by the first sign that is not ASCII and what
 * follows it. What cannot be decoded becomes {@link #DAMAGED}.
 */
final class ListText extends Reader {

    static final char DAMAGED = '\uFFFD';

    private static final int WINDOW = 64 * 1024;

    private final InputStream in;
    private final long size;
    private final ByteBuffer bytes = ByteBuffer.allocate(WINDOW).limit(0);
    private boolean ended;
    private long taken;

    /** Null as long as all that was read is ASCII. */
    private @Nullable CharsetDecoder decoder;

    /** @throws UnusableAccountList if the file is no text */
    ListText(AccountList list) throws IOException, UnusableAccountList {
        size = list.size();
        in = list.open();
        try {
            fill();
            lookAtStart();
        } catch (IOException | UnusableAccountList | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** 0 to 100. */
    int percentTaken() {
        return size == 0 ? 100 : (int) Math.min(100, 100 * taken / size);
    }

    @Override
    public int read(char[] chars, int offset, int length) throws IOException {
        CharBuffer text = CharBuffer.wrap(chars, offset, length);
        while (text.position() == offset && (bytes.hasRemaining() || !ended)) {
            if (!bytes.hasRemaining()) {
                fill();
            }
            if (decoder == null) {
                takeAscii(text);
            } else {
                int before = bytes.remaining();
                decoder.decode(bytes, text, ended);
                if (before == bytes.remaining() && !ended) {
                    // A sign goes on behind the window.
                    fill();
                }
            }
        }
        return text.position() == offset ? -1 : text.position() - offset;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void takeAscii(CharBuffer text) throws IOException {
        while (bytes.hasRemaining() && text.hasRemaining()) {
            byte next = bytes.get(bytes.position());
            if (next < 0) {
                fill();
                decoder = decoder(Encoding.of(bytes));
                return;
            }
            text.put((char) next);
            bytes.get();
        }
    }

    private void lookAtStart() throws IOException, UnusableAccountList {
        String start = new String(bytes.array(), 0, bytes.limit(), StandardCharsets.ISO_8859_1);
        if (start.startsWith("PK\u0003\u0004") || start.startsWith("\u00D0\u00CF\u0011\u00E0")) {
            throw new UnusableAccountList(ListFault.EXCEL_WORKBOOK, List.of());
        }
        if (start.startsWith("\u00FF\u00FE")) {
            isMarked(StandardCharsets.UTF_16LE, 2);
        } else if (start.startsWith("\u00FE\u00FF")) {
            isMarked(StandardCharsets.UTF_16BE, 2);
        } else if (start.indexOf('\0') >= 0) {
            throw new UnusableAccountList(ListFault.NOT_TEXT, List.of());
        } else if (start.startsWith("\u00EF\u00BB\u00BF")) {
            isMarked(StandardCharsets.UTF_8, 3);
        }
    }

    private void isMarked(Charset charset, int length) {
        bytes.position(length);
        decoder = decoder(charset);
    }

    /** Reads until the window is full or the file at its end. */
    private void fill() throws IOException {
        bytes.compact();
        while (!ended && bytes.hasRemaining()) {
            int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
            if (read < 0) {
                ended = true;
            } else {
                bytes.position(bytes.position() + read);
                taken += read;
            }
        }
        bytes.flip();
    }

    private static CharsetDecoder decoder(Charset charset) {
        return charset.newDecoder()
                .replaceWith(String.valueOf(DAMAGED))
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }
}
