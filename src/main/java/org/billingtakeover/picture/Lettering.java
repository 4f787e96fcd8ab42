package org.billingtakeover.picture;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/** How wide text is in Arial, Helvetica and Liberation Sans, to break it into lines before anybody draws it. */
final class Lettering {

    /** Widths of the characters from space to tilde, in thousandths of the font's size. */
    private static final int[] WIDTHS = {
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556,
                556, 556,
        556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
                722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556,
                278, 556,
        556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334,
                584
    };

    private static final int OTHERS = 600;
    private static final double LINE = 1.2;

    private Lettering() {}

    /** Text in lines, at a size at which they fit. */
    record Fitted(List<String> lines, double size) {

        double lineHeight() {
            return size * LINE;
        }

        double height() {
            return lines.size() * lineHeight();
        }

        double width() {
            return lines.stream()
                    .mapToDouble(line -> Lettering.width(line, size))
                    .max()
                    .orElse(0);
        }
    }

    /** Broken between words, and within a word that is too long for a line; smaller where there are too many lines for the height. */
    static Fitted fit(String text, double width, double height, double size) {
        Fitted fitted = new Fitted(lines(text, width, size), size);
        while (fitted.size > 6 && (fitted.height() > height || isBroken(text, fitted.lines))) {
            double smaller = fitted.size - 0.5;
            fitted = new Fitted(lines(text, width, smaller), smaller);
        }
        return fitted;
    }

    static List<String> lines(String text, double width, double size) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.strip().split("\\R")) {
            StringBuilder line = new StringBuilder();
            for (String word : paragraph.strip().split("\\s+")) {
                if (!line.isEmpty() && width(line + " " + word, size) > width) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.append(line.isEmpty() ? "" : " ").append(word);
                while (width(line.toString(), size) > width && line.length() > 1) {
                    int fits = fitting(line.toString(), width, size);
                    lines.add(line.substring(0, fits));
                    line.delete(0, fits);
                }
            }
            lines.add(line.toString());
        }
        return lines;
    }

    static double width(String text, double size) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                        .chars()
                        .map(Lettering::thousandths)
                        .sum()
                * size
                / 1000;
    }

    private static boolean isBroken(String text, List<String> lines) {
        return !String.join("", lines).replace(" ", "").isEmpty()
                && lines.size() > 1
                && !String.join(" ", lines).equals(String.join(" ", text.strip().split("\\s+")));
    }

    private static int fitting(String line, double width, double size) {
        int fits = 1;
        while (fits < line.length() && width(line.substring(0, fits + 1), size) <= width) {
            fits++;
        }
        return fits;
    }

    private static int thousandths(int character) {
        if (Character.getType(character) == Character.NON_SPACING_MARK) {
            return 0;
        }
        if (character == '’' || character == '‘') {
            return 222;
        }
        return character >= ' ' && character <= '~' ? WIDTHS[character - ' '] : OTHERS;
    }
}
