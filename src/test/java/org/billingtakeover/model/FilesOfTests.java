package org.billingtakeover.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The diagrams and forms of this version with tables of the tests' own: what a test expects of prices, days, rates and reasons holds
 * whatever an owner enters into the shipped ones (S94).
 */
public class FilesOfTests extends ShippedFiles {

    @Override
    public Map<String, byte[]> read() {
        Map<String, byte[]> files = new TreeMap<>(super.read());
        try (Stream<Path> tables = Files.list(FilesOnDisk.TABLES_OF_TESTS)) {
            for (Path table : tables.toList()) {
                files.put(table.getFileName().toString(), Files.readAllBytes(table));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
