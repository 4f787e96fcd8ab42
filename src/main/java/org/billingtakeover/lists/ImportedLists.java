package org.billingtakeover.lists;

import java.time.Instant;
import java.util.Optional;
import org.billingtakeover.kernel.FirmId;

/** Which files were imported for good, known by what they contain; kept for as long as the firm. */
public interface ImportedLists {

    /** When this very file was last imported for good for this firm. {@code sha256} as 64 hexadecimal digits. */
    Optional<Instant> lastImport(FirmId firm, String sha256);

    /** A file that was imported before is as of the day that was said of it first: what it says has not become newer since. */
    Claim asOfFirst(FirmId firm, String sha256, Claim claim);

    /** @param by the user's id, or what runs the import without anybody signed in */
    void keep(FirmId firm, String sha256, Claim claim, String by, Instant at);
}
