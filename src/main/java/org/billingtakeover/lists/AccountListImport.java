package org.billingtakeover.lists;

import org.billingtakeover.kernel.FirmId;

/** An import of an account list, as it is told to whoever keeps records. A dry run is none. */
public sealed interface AccountListImport {

    FirmId firmId();

    /** The user's id, or what ran the import without anybody signed in. */
    String actor();

    /** Published in a transaction of its own, before the first line is stored. */
    record Begun(FirmId firmId, String actor) implements AccountListImport {}

    /** Published in a transaction of its own, when all lines have been read. */
    record Ended(FirmId firmId, String actor, ImportResult result) implements AccountListImport {}

    /** Published in a transaction of its own, where an import broke down and will not go on. */
    record BrokenOff(FirmId firmId, String actor) implements AccountListImport {}
}
