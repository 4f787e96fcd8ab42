package org.billingtakeover.notification.mail;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/**
 * A paragraph of a mail. One whose last line is a link of ours, and nothing else, becomes a button in HTML, labelled by what stands
 * above the link.
 *
 * @param heading whether it names what follows
 */
record Paragraph(List<String> lines, @Nullable String link, boolean heading) {

    /** The paragraphs of a text, which blank lines separate. */
    static List<Paragraph> of(String text, Set<String> links, Set<String> headings) {
        return Arrays.stream(text.strip().split("\\R\\s*\\R", -1))
                .map(paragraph -> paragraph.lines().map(String::strip).toList())
                .map(lines -> {
                    String last = lines.get(lines.size() - 1);
                    return new Paragraph(
                            lines, links.contains(last) ? last : null, headings.contains(String.join("\n", lines)));
                })
                .toList();
    }

    String text() {
        String text = String.join("\n", lines);
        return heading ? text + "\n" + "-".repeat(Math.min(text.length(), 72)) : text;
    }

    /** What the button says: the line above the link, without its colon. */
    public String label() {
        return lines.get(Math.max(0, lines.size() - 2)).replaceFirst("[\\s\\u00a0]*:$", "");
    }

    /** The lines that stay text beside a button, as HTML; null if there are none, or they are a heading. */
    public @Nullable String html() {
        int beforeButton = link == null ? lines.size() : Math.max(0, lines.size() - 2);
        return heading || beforeButton == 0
                ? null
                : lines.subList(0, beforeButton).stream()
                        .map(line -> HtmlUtils.htmlEscape(line, "UTF-8"))
                        .collect(Collectors.joining("<br>"));
    }
}
