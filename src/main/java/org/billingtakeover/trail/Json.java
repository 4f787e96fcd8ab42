package org.billingtakeover.trail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) piece by piece, however much there is. It is strict: of two fields with one name, or of bytes that are no
 * UTF-8, two readers may believe another thing each.
 */
public final class Json {

    private static final int DEEPEST = 200;
    private static final int LONGEST_LITERAL = 300;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,3})?");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");
    private static final int NOTHING_READ = -2;
    private static final int END = -1;

    private final Reader in;
    private int depth;
    private long line = 1;
    private long column;
    private int next = NOTHING_READ;

    private Json(Reader in) {
        this.in = in;
    }

    /** @param bytes stay open */
    public static Json of(InputStream bytes) {
        return new Json(new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder())));
    }

    /** The one object that the text is; empty where it is something else. */
    public static Map<?, ?> object(String text) {
        try {
            Json json = new Json(new StringReader(text));
            Object value = json.value();
            json.end();
            return value instanceof Map<?, ?> object ? object : Map.of();
        } catch (IOException e) {
            return Map.of();
        }
    }

    /** Here is something else than there should be; the message says at which line and column. */
    public static final class Broken extends IOException {

        private static final long serialVersionUID = 1;

        public final long line;
        public final long column;

        private Broken(long line, long column) {
            super(line + ":" + column);
            this.line = line;
            this.column = column;
        }
    }

    /** Reads the value of a field. */
    public interface Field {
        void read(String name) throws IOException;
    }

    /** Reads the next of several values. */
    public interface Item {
        void read() throws IOException;
    }

    /** Reads an object, field by field. */
    public void object(Field field) throws IOException {
        Set<String> names = new HashSet<>();
        several('{', '}', () -> {
            String name = text();
            expect(names.add(name));
            expect(':');
            field.read(name);
        });
    }

    /** Reads an array, item by item. */
    public void array(Item item) throws IOException {
        several('[', ']', item);
    }

    public String text() throws IOException {
        expect('"');
        StringBuilder text = new StringBuilder();
        for (int c = read(); c != '"'; c = read()) {
            expect(c >= ' ');
            text.append(c == '\\' ? escaped() : (char) c);
        }
        return text.toString();
    }

    /** The value that begins here, in maps, lists, texts, numbers (whole ones as {@link Long}), yes or no, and null. */
    public @Nullable Object value() throws IOException {
        int first = peek();
        if (first == '{') {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            object(name -> object.put(name, value()));
            return object;
        }
        if (first == '[') {
            List<@Nullable Object> list = new ArrayList<>();
            array(() -> list.add(value()));
            return list;
        }
        return first == '"' ? text() : literal();
    }

    /** Nothing may follow. */
    public void end() throws IOException {
        expect(peek() == END);
    }

    public Broken broken() {
        return new Broken(line, column);
    }

    private void several(char first, char last, Item item) throws IOException {
        expect(first);
        expect(++depth <= DEEPEST);
        if (peek() != last) {
            item.read();
            while (peek() == ',') {
                read();
                item.read();
            }
        }
        expect(last);
        depth--;
    }

    private char escaped() throws IOException {
        int c = read();
        if (c != 'u') {
            int place = "\"\\/bfnrt".indexOf(c);
            expect(place >= 0);
            return "\"\\/\b\f\n\r\t".charAt(place);
        }
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(read(), 16);
            expect(digit >= 0);
            code = code * 16 + digit;
        }
        return (char) code;
    }

    private @Nullable Object literal() throws IOException {
        StringBuilder literal = new StringBuilder();
        for (int c = peek(); Character.isLetterOrDigit(c) || c == '-' || c == '+' || c == '.'; c = next()) {
            literal.append((char) read());
            expect(literal.length() < LONGEST_LITERAL);
        }
        String text = literal.toString();
        if (text.equals("null")) {
            return null;
        }
        if (text.equals("true") || text.equals("false")) {
            return text.equals("true");
        }
        expect(NUMBER.matcher(text).matches());
        return WHOLE_NUMBER.matcher(text).matches() ? (Object) Long.valueOf(text) : new BigDecimal(text);
    }

    /** What comes after white space; it is still there. */
    private int peek() throws IOException {
        while (next() == ' ' || next == '\n' || next == '\r' || next == '\t') {
            read();
        }
        return next;
    }

    private void expect(char c) throws IOException {
        expect(peek() == c);
        read();
    }

    private void expect(boolean condition) throws Broken {
        if (!condition) {
            throw broken();
        }
    }

    private int read() throws IOException {
        int c = next();
        next = NOTHING_READ;
        column++;
        if (c == '\n') {
            line++;
            column = 0;
        }
        return c;
    }

    private int next() throws IOException {
        if (next == NOTHING_READ) {
            try {
                next = in.read();
            } catch (CharacterCodingException e) {
                throw broken();
            }
        }
        return next;
    }
}
