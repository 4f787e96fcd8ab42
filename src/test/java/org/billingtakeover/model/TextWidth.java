package org.billingtakeover.model;

import java.util.ArrayList;
import java.util.List;

/** How wide a text is in Arial, well enough to break it into lines without a browser. */
final class TextWidth {

    private TextWidth() {}

    /** Width in pixels at a font size in pixels. */
    static double of(String text, double fontSize) {
        return text.chars().mapToDouble(TextWidth::thousandths).sum() * fontSize / 1000;
    }

    /** The text in lines no wider than {@code width}, broken between words; a longer word keeps a line to itself. */
    static List<String> lines(String text, double width, double fontSize) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (!line.isEmpty() && of(line + " " + word, fontSize) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static int thousandths(int character) {
        if ("ijl|'’".indexOf(character) >= 0) {
            return 222;
        }
        if (" .,:;!ftI/[]\\".indexOf(character) >= 0) {
            return 278;
        }
        if ("r()-\"".indexOf(character) >= 0) {
            return 345;
        }
        if ("ckszvxyJ".indexOf(character) >= 0) {
            return 500;
        }
        if ("ABEKPSVXYÉÈÀ".indexOf(character) >= 0) {
            return 667;
        }
        if ("CDHNRUw".indexOf(character) >= 0) {
            return 722;
        }
        if ("GOQ".indexOf(character) >= 0) {
            return 778;
        }
        return "mMW%@".indexOf(character) >= 0 ? 890 : 580;
    }
}
