package org.billingtakeover.evidence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.trail.CanonicalJson;
import org.billingtakeover.trail.Fact;
import org.billingtakeover.trail.Seals;
import org.billingtakeover.trail.Sha256;
import org.billingtakeover.trail.StoredTrail.Scope;
import org.billingtakeover.trail.Trail;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the evidence pack of a case. The files for readers come first; the chain then says who took them and what their digests are; and
 * the export, with that entry as its last, proves the files as well.
 */
@Component
class MakeEvidence {

    private final WriteExport export;
    private final WriteTable table;
    private final PrintCase paper;
    private final Trail trail;
    private final Seals seals;
    private final TransactionTemplate transaction;
    private final MessageSource messages;
    private final Clock clock;

    MakeEvidence(
            WriteExport export,
            WriteTable table,
            PrintCase paper,
            Trail trail,
            Seals seals,
            TransactionTemplate transaction,
            MessageSource messages,
            Clock clock) {
        this.export = export;
        this.table = table;
        this.paper = paper;
        this.trail = trail;
        this.seals = seals;
        this.transaction = transaction;
        this.messages = messages;
        this.clock = clock;
    }

    /** Makes the files to be read, and says in the chain who took them. */
    Map<String, byte[]> files(String key, Language language, StaffMember by) throws IOException {
        Scope scope = Scope.of(key);
        seals.seal();
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("README.txt", readme(key, language));
        files.put(key + ".pdf", paper.asPdf(key, language, by));
        files.put(key + ".csv", table(scope, language));
        record(key, by, files);
        seals.seal();
        return files;
    }

    /**
     * Writes these files and their proof.
     *
     * @param out stays open
     */
    void pack(String key, Map<String, byte[]> files, StaffMember by, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            zip.putNextEntry(new ZipEntry(file.getKey()));
            zip.write(file.getValue());
        }
        zip.putNextEntry(new ZipEntry(key + ".json"));
        Instant now = CanonicalJson.exact(clock.instant());
        export.asJson(Scope.of(key), null, by.id(), now, zip);
        zip.finish();
    }

    private byte[] readme(String key, Language language) {
        return messages.getMessage("evidence.readme", new Object[] {key}, language.locale())
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] table(Scope scope, Language language) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        table.asCsv(scope, language, bytes);
        return bytes.toByteArray();
    }

    private void record(String key, StaffMember by, Map<String, byte[]> files) {
        List<Map<String, String>> digests = files.entrySet().stream()
                .map(file -> Map.of(
                        "name",
                        file.getKey(),
                        "sha256",
                        HexFormat.of().formatHex(Sha256.digest().digest(file.getValue()))))
                .toList();
        transaction.executeWithoutResult(
                status -> trail.record(new Fact(key, by.id(), Downloads.EXPORTED, Map.of("files", digests))));
    }
}
