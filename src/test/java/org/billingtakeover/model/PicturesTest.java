package org.billingtakeover.model;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every picture in {@code processes/} shows what its diagram or table holds now; {@link DrawPictures} draws them anew. */
class PicturesTest {

    private static final String COMMAND = "mvn test -Dtest=DrawPictures";

    private final ProcessFiles files = FilesOnDisk.read(FilesOnDisk.PROCESSES);

    @Test
    void everyPictureShowsWhatItsFileHolds() throws IOException {
        Faults faults = new Faults();
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

    private Stream<String> drawn() {
        return Stream.concat(files.names(".bpmn"), files.names(".dmn"));
    }

    static Path picture(String file) {
        return FilesOnDisk.PROCESSES.resolve(file.replaceFirst("\\.[a-z]+$", ".svg"));
    }
}
