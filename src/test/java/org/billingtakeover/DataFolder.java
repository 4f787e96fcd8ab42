package org.billingtakeover;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** A data folder of the demo, for tests that start it. */
public final class DataFolder {

    private DataFolder() {}

    /**
     * The server in this folder ends with the JVM. Its programs lie there as after an earlier start, if the tests' own server is
     * unpacked already: to unpack them takes longer than to start the product.
     */
    public static Path prepared(Path folder) {
        try {
            ServerEndsWithJvm.watch(folder.resolve("postgres"));
            Path unpacked = TestDatabase.PROGRAMS;
            if (Files.isDirectory(unpacked)) {
                try (Stream<Path> versions = Files.list(unpacked)) {
                    for (Path version : versions.filter(each -> Files.exists(each.resolve(".exists")))
                            .toList()) {
                        copy(version, folder.resolve("postgresql-binaries").resolve(version.getFileName()));
                    }
                }
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        to.resolve(from.relativize(file)),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
            }
        }
    }
}
