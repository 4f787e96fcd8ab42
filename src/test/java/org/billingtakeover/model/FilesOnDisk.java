package org.billingtakeover.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of owners as they lie in the repository, and with one edit. */
public final class FilesOnDisk {

    public static final Path PROCESSES = Path.of("processes");
    public static final Path FORMS = Path.of("forms");

    /** The tables whose prices, days, rates and reasons the tests expect: an owner's may be others. */
    public static final Path TABLES_OF_TESTS = Path.of("src", "test", "resources", "tables");

    private FilesOnDisk() {}

    /** What lies in these folders now; of two files of one name, the later folder's. */
    public static ProcessFiles read(Path... folders) {
        Map<String, byte[]> contents = new TreeMap<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.filter(each -> each.toString().matches(".*\\.(bpmn|dmn|form)"))
                            .toList()) {
                        contents.put(file.getFileName().toString(), Files.readAllBytes(file));
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return ProcessFiles.of(contents);
    }

    /** The same files with one edit. */
    public static ProcessFiles edited(ProcessFiles files, String file, String before, String after) {
        String text = files.texts().get(file);
        if (text == null || !text.contains(before)) {
            throw new IllegalArgumentException(file + " does not contain " + before);
        }
        return with(files, file, text.replace(before, after));
    }

    /** The same files, one of them with another text. */
    public static ProcessFiles with(ProcessFiles files, String file, String text) {
        Map<String, String> edited = new TreeMap<>(files.texts());
        edited.put(file, text);
        return new ProcessFiles(edited);
    }

    /** The same files without one of them. */
    public static ProcessFiles without(ProcessFiles files, String file) {
        Map<String, String> fewer = new TreeMap<>(files.texts());
        fewer.remove(file);
        return new ProcessFiles(fewer);
    }
}
