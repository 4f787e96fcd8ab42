package org.billingtakeover.model;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Draws the picture beside each diagram and table anew. Runs only when asked for: {@code mvn test -Dtest=DrawPictures}. */
class DrawPictures {

    private final ProcessFiles files = FilesOnDisk.read(FilesOnDisk.PROCESSES);

    @Test
    void ofDiagrams() throws IOException {
        try (DiagramPictures pictures = new DiagramPictures()) {
            for (String file : files.names(".bpmn").toList()) {
                write(file, pictures.draw(files.text(file)));
            }
        }
    }

    @Test
    void ofTables() throws IOException {
        for (var table : files.tables().entrySet()) {
            write(table.getKey(), TablePicture.draw(table.getValue()));
        }
    }

    private void write(String file, Picture picture) throws IOException {
        Files.writeString(PicturesTest.picture(file), picture.file(file, files.text(file)));
    }
}
