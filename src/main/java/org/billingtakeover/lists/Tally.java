package org.billingtakeover.lists;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.lists.ImportResult.Missing;

/** The counts of an import so far. */
final class Tally {

    private int added;
    private int changed;
    private int unchanged;
    private int skipped;
    private int badLines;
    private int problemCount;
    private final Map<Product, Integer> leftOut = new EnumMap<>(Product.class);
    private final List<LineProblem> problems = new ArrayList<>();
    private final List<LineProblem> warnings = new ArrayList<>();
    private final List<ClientChange> changes = new ArrayList<>();

    Tally() {}

    Tally(ImportResult soFar) {
        add(soFar);
    }

    void addedOne() {
        added++;
    }

    void changed(ClientChange change) {
        changed++;
        keep(change);
    }

    private void keep(ClientChange change) {
        if (changes.size() < ImportResult.CHANGES_KEPT) {
            changes.add(change);
        }
    }

    void unchangedOne() {
        unchanged++;
    }

    void skippedOne() {
        skipped++;
    }

    void leftOut(Product missing) {
        leftOut.merge(missing, 1, Integer::sum);
    }

    void bad(List<LineProblem> found) {
        badLines++;
        keep(found, found.size());
    }

    void bad(LineProblem found) {
        bad(List.of(found));
    }

    void warn(LineProblem warning) {
        if (warnings.size() < ImportResult.PROBLEMS_KEPT) {
            warnings.add(warning);
        }
    }

    Tally with(Tally more) {
        Tally both = new Tally(result(false, List.of(), List.of(), 0));
        both.add(more.result(false, List.of(), List.of(), 0));
        return both;
    }

    private void add(ImportResult other) {
        added += other.added();
        changed += other.changed();
        unchanged += other.unchanged();
        skipped += other.skipped();
        badLines += other.badLines();
        other.warnings().forEach(this::warn);
        other.changes().forEach(this::keep);
        other.leftOut().forEach((missing, count) -> leftOut.merge(missing, count, Integer::sum));
        keep(other.problems(), other.problemCount());
    }

    private void keep(List<LineProblem> found, int count) {
        problemCount += count;
        found.stream().limit(ImportResult.PROBLEMS_KEPT - problems.size()).forEach(problems::add);
    }

    ImportResult result(boolean dryRun, List<String> ignoredColumns, List<Missing> missing, int missingCount) {
        return new ImportResult(
                dryRun,
                added,
                changed,
                unchanged,
                leftOut,
                skipped,
                badLines,
                problems,
                problemCount,
                warnings,
                ignoredColumns,
                missing,
                missingCount,
                changes);
    }
}
