package org.billingtakeover.account;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;

/**
 * Ids that differ by zeros at the beginning alone, which a spreadsheet may have dropped. Within one firm that is a question; between two
 * firms it is one company where the primary admin or the name agree, and else a question. Billing operations answer.
 */
public interface CompanySpellings {

    /** Which company each id of a firm's list means; an id that nothing known resembles is left out. */
    Map<CompanyId, Meaning> meanings(FirmId firm, Collection<Listed> lines);

    /** Asks billing operations, once for each pair. */
    void ask(FirmId firm, Listed line, UUID resembles);

    /** The ids that are in doubt, the oldest first. */
    List<InDoubt> inDoubt(int limit);

    int countInDoubt();

    /**
     * Keeps whether an id means the company that it resembles; the firm's next list is read accordingly.
     *
     * @return what was in doubt; empty if that has been answered already
     */
    Optional<InDoubt> answer(UUID id, boolean same, String actor);

    /** Firms with several ids in doubt that are alike: primary admin or name are the same on the list and as known. */
    List<Alike> alike();

    /** Those ids of a firm, the oldest first. */
    List<UUID> alikeOf(FirmId firm);

    /** What a line says of itself. */
    record Listed(CompanyId id, String name, String email) {}

    /** What an id means. */
    sealed interface Meaning {}

    /** The company that is known by another spelling. */
    record Known(CompanyId company) implements Meaning {}

    /** Nobody can tell yet. {@code sameFirm} tells whether that company is on the same firm's list. */
    record Unknown(UUID resembles, CompanyId other, boolean sameFirm) implements Meaning {}

    record Alike(FirmId firmId, String firm, int count) {}

    /**
     * An id that somebody has to decide on, beside the company that it resembles.
     *
     * @param line as the firm lists it
     * @param known the client that it may be, with its own firm
     */
    record InDoubt(UUID id, FirmId firmId, String firm, Listed line, String knownFirm, Listed known) {}
}
