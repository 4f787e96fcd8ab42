package org.billingtakeover.lists;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.lists.ImportAccountList.Progress;
import org.billingtakeover.lists.StartedImport.Upload;

/**
 * The imports that were started on the page, with their files until they end, and of a dry run for a day after it. Whichever node has time takes the next one; one whose node
 * has fallen silent is taken again and goes on after the last lines that were stored.
 */
public interface StartedImports {

    /**
     * @param length of {@code file}, in bytes
     * @return empty if too many are waiting, of this firm or of all
     */
    Optional<UUID> add(
            FirmId firm, String by, String fileName, boolean dryRun, Upload list, InputStream file, long length);

    /**
     * Starts over for good with the file of a dry run that is still there.
     *
     * @return empty if too many are waiting, of this firm or of all, or the file is no longer there
     */
    Optional<UUID> addForGood(UUID dryRun);

    Optional<StartedImport> find(UUID id);

    /** The next one that nobody runs, for the caller to run. */
    Optional<Taken> takeNext();

    /** Writes the file that was uploaded to {@code to}, which is not there yet. */
    void copyFile(UUID id, Path to) throws IOException;

    /**
     * Also says that its node is alive.
     *
     * @throws java.util.concurrent.CancellationException if this node was silent for so long that another has taken it
     */
    void isAt(Taken taken, Progress progress, ImportResult soFar);

    /** For another node, or this one, to go on with. */
    void giveBack(Taken taken);

    /** Nothing is left of the file, but of a person's newest dry run for a day. */
    void end(Taken taken, StartedImport.State end);

    /**
     * An import to run.
     *
     * @param soFar what became of the lines that an earlier attempt has stored; empty for the first attempt
     * @param attempt which one this is, counted from one
     */
    record Taken(StartedImport started, Optional<ImportResult> soFar, int attempt) {}
}
