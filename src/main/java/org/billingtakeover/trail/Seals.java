package org.billingtakeover.trail;

import java.util.Optional;

/**
 * The seals tie all chains together, so that a whole chain cannot vanish. Each also goes to the log: whoever keeps the log elsewhere
 * can prove that the newest seals were not taken away.
 */
public interface Seals {

    /** What the entry is called that says that the database is another than the one sealed last: a restored dump, or a copy. */
    String REPLACED = "DATABASE_REPLACED";

    /** Seals what has grown since the last seal, waiting for nobody; nothing where nothing has. */
    void seal();

    /** The newest seal, to be noted down elsewhere. */
    Optional<Seal> newest();

    Optional<Seal> numbered(int number);
}
