package org.billingtakeover.model;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.camunda.bpm.model.dmn.DmnModelInstance;
import org.junit.jupiter.api.Test;

/**
 * Every picture in {@code processes/} shows what its diagram or table holds now; {@link DrawPictures} draws them anew. A table's is drawn here if it is
 * older: an owner who changes a price has nothing else to do.
 */
class PicturesTest {

    private static final String COMMAND = "mvn test -Dtest=DrawPictures";

    private final ProcessFiles files = FilesOnDisk.read(FilesOnDisk.PROCESSES);

    @Test
    void everyPictureShowsWhatItsFileHolds() throws IOException {
        Faults faults = new Faults();
        files.tables().forEach((file, table) -> drawIfOlder(file, table));
        for (String file : drawn().toList()) {
            Path picture = picture(file);
            if (!Files.exists(picture)) {
                faults.add(file, "there is no picture of it. Run: %s", COMMAND);
            } else if (!Files.readString(picture).contains(Picture.mark(files.text(file)))) {
                faults.add(file, "its picture is older than the file. Run: %s", COMMAND);
            }
        }
        try (Stream<Path> pictures = Files.list(FilesOnDisk.PROCESSES)) {
            pictures.filter(file -> file.toString().endsWith(".svg"))
                    .filter(picture -> drawn().noneMatch(file -> picture(file).equals(picture)))
                    .forEach(picture ->
                            faults.add(picture.getFileName().toString(), "is a picture of nothing. Remove it."));
        }
        if (!faults.sentences().isEmpty()) {
            fail("\n\n" + String.join("\n", faults.sentences()) + "\n\n");
        }
    }

    private void drawIfOlder(String file, DmnModelInstance table) {
        try {
            if (!Files.exists(picture(file))
                    || !Files.readString(picture(file)).contains(Picture.mark(files.text(file)))) {
                Files.writeString(picture(file), TablePicture.draw(table).file(file, files.text(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<String> drawn() {
        return Stream.concat(files.names(".bpmn"), files.names(".dmn"));
    }

    static Path picture(String file) {
        return FilesOnDisk.PROCESSES.resolve(file.replaceFirst("\\.[a-z]+$", ".svg"));
    }
}
