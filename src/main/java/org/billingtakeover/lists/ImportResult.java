package org.billingtakeover.lists;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.Product;

/**
 * What became of the lines of an account list.
 *
 * @param dryRun whether nothing was written, and the counts tell what an import would do
 * @param added clients that were not on the firm's list
 * @param changed clients of whom the list told something else than what was known
 * @param leftOut clients without one of the products, by the product that is missing
 * @param skipped lines of no client, such as a total
 * @param badLines lines that could not be used
 * @param problems the first {@link #PROBLEMS_KEPT} problems of the bad lines
 * @param problemCount how many problems there are in all
 * @param warnings the first {@link #PROBLEMS_KEPT} lines that somebody should look at, though nothing about them is bad
 * @param ignoredColumns headers in the file that an account list does not have
 * @param missing the first {@link #PROBLEMS_KEPT} clients whom a list of the whole firm does not name; nothing is changed of them
 * @param missingCount how many they are in all
 * @param changes the first {@link #CHANGES_KEPT} of the changed clients, with what differs
 */
public record ImportResult(
        boolean dryRun,
        int added,
        int changed,
        int unchanged,
        Map<Product, Integer> leftOut,
        int skipped,
        int badLines,
        List<LineProblem> problems,
        int problemCount,
        List<LineProblem> warnings,
        List<String> ignoredColumns,
        List<Missing> missing,
        int missingCount,
        List<ClientChange> changes) {

    /** A client on the firm's list whom a list of the whole firm does not name. */
    public record Missing(CompanyId companyId, String name) {}

    /** Where a file is bad throughout, this many problems show why. */
    public static final int PROBLEMS_KEPT = 1000;

    /** More would not be read on a page, and every one is kept for as long as the page can be opened. */
    public static final int CHANGES_KEPT = 100;

    public ImportResult {
        // A result that an earlier version has kept tells none.
        changes = List.copyOf(Objects.requireNonNullElse(changes, List.of()));
        leftOut = Map.copyOf(leftOut);
        problems = List.copyOf(problems);
        missing = List.copyOf(missing);
        warnings = List.copyOf(warnings);
        ignoredColumns = List.copyOf(ignoredColumns);
    }

    public int linesLeftOut() {
        return leftOut.values().stream().mapToInt(Integer::intValue).sum();
    }

    public int linesRead() {
        return added + changed + unchanged + linesLeftOut() + skipped + badLines;
    }

    public boolean hasBadLines() {
        return badLines > 0;
    }

    public boolean hasMoreProblems() {
        return problemCount > problems.size();
    }
}
