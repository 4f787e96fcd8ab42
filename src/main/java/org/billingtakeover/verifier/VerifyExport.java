package org.billingtakeover.verifier;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Proves that an export, or the pack that it lies in, is as it was written. Needs the file alone. */
public final class VerifyExport {

    /** What a file says that it is. */
    public static final String FORMAT = "billing-takeover-audit-export";

    /** The version of the format. */
    public static final int VERSION = 1;

    private VerifyExport() {}

    /**
     * @param noted a seal that somebody noted down elsewhere; null for none
     * @throws UnusableExport if the file is no whole export, or does not reach as far as the noted seal
     */
    public static Report of(Path path, @Nullable NotedSeal noted) throws UnusableExport {
        return of(new ExportFile(path), noted);
    }

    static Report of(ExportFile file, @Nullable NotedSeal noted) throws UnusableExport {
        Verify verify = new Verify(file, noted == null ? List.of() : List.of(noted), null, progress -> {});
        try {
            verify.run();
            file.misfits(verify.report().findingCount() == 0).forEach(verify::found);
        } catch (UnusableExport e) {
            throw e;
        } catch (IOException e) {
            throw file.unreadable(e);
        }
        Report report = verify.report();
        for (NotedSeal missing : report.notThere()) {
            int first = report.firstSeal() == null ? 0 : report.firstSeal().number();
            int last = report.lastSeal() == null ? 0 : report.lastSeal().number();
            if (missing.number() < first || missing.number() > last) {
                throw new UnusableExport("seal", missing.number(), first, last);
            }
            verify.found(Finding.of(Finding.Kind.NOT_AS_NOTED, "", missing.number()));
        }
        return verify.report();
    }
}
