package org.billingtakeover.lists;

/** An import of an account list, as it is told to whoever keeps records. A dry run is none. */
public sealed interface AccountListImport {

    String firmId();

    /** The user's id, or what ran the import without anybody signed in. */
    String actor();

    /** Published in a transaction of its own, before the first line is stored. */
    record Begun(String firmId, String actor) implements AccountListImport {}

    /** Published in a transaction of its own, when all lines have been read. One that broke down never ends. */
    record Ended(String firmId, String actor, ImportResult result) implements AccountListImport {}
}
