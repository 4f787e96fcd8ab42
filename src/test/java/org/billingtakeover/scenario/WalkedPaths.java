package org.billingtakeover.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which paths the diagrams have, and which of them the stories of a suite took; kept in a file, since each suite has a JVM of its own.
 *
 * @param pictures of how many cases the pictures were compared with the engine's paths
 */
record WalkedPaths(Set<String> drawn, Set<String> taken, int pictures) {

    private static final Path FILES = Path.of("target", "walked-paths");
    private static final Pattern PATH = Pattern.compile("([a-z-]+): (\\w+) -> (\\w+) \\((\\w+)\\)");
    private static final String DRAWN = "drawn ";
    private static final String TAKEN = "taken ";

    /** What an earlier run has kept counts no more. */
    static void forget(Class<?> suite) {
        try {
            Files.deleteIfExists(file(suite));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps what this JVM's stories have walked. */
    static void keep(Class<?> suite) {
        List<String> lines = new ArrayList<>(List.of(String.valueOf(PicturesShowThePath.compared())));
        PathsTaken.drawn().forEach(path -> lines.add(DRAWN + path));
        PathsTaken.taken().forEach(path -> lines.add(TAKEN + path));
        try {
            Files.createDirectories(FILES);
            Files.write(file(suite), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws UncheckedIOException if the suite has not run to its end */
    static WalkedPaths of(Class<?> suite) {
        try {
            List<String> lines = Files.readAllLines(file(suite));
            return new WalkedPaths(those(lines, DRAWN), those(lines, TAKEN), Integer.parseInt(lines.get(0)));
        } catch (IOException e) {
            throw new UncheckedIOException(suite.getSimpleName() + " has not run to its end", e);
        }
    }

    WalkedPaths with(WalkedPaths other) {
        return new WalkedPaths(both(drawn, other.drawn), both(taken, other.taken), pictures + other.pictures);
    }

    /** The paths of today's diagrams that no story took. */
    Set<String> never() {
        Set<String> never = new TreeSet<>(drawn);
        never.removeAll(taken);
        never.removeIf(path -> !isOfToday(path));
        return never;
    }

    /** A story that begins on diagrams of an earlier version does not walk through all of them. */
    private static boolean isOfToday(String path) {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            throw new IllegalStateException(path);
        }
        Path diagram = Path.of("processes", parts.group(1) + ".bpmn");
        try {
            String drawn = Files.exists(diagram) ? Files.readString(diagram) : "";
            return drawn.contains("id=\"" + parts.group(3) + "\"")
                    && Pattern.compile("id=\"" + parts.group(4) + "\"[^>]*sourceRef=\"" + parts.group(2) + "\"")
                            .matcher(drawn)
                            .find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> those(List<String> lines, String kind) {
        return lines.stream()
                .filter(line -> line.startsWith(kind))
                .map(line -> line.substring(kind.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> both(Set<String> some, Set<String> others) {
        return Stream.concat(some.stream(), others.stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Path file(Class<?> suite) {
        return FILES.resolve(suite.getSimpleName());
    }
}
