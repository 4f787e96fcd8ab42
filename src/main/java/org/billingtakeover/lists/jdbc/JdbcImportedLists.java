package org.billingtakeover.lists.jdbc;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.lists.Claim;
import org.billingtakeover.lists.ImportedLists;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcImportedLists implements ImportedLists {

    private final JdbcClient jdbc;

    JdbcImportedLists(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Instant> lastImport(FirmId firm, String sha256) {
        return jdbc.sql(
                        "select imported_at from imported_list where firm_id = ? and sha256 = ? order by id desc limit 1")
                .params(firm.text(), sha256)
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .optional();
    }

    @Override
    public Claim asOfFirst(FirmId firm, String sha256, Claim claim) {
        LocalDate first = jdbc.sql("select least(min(as_of), ?) from imported_list where firm_id = ? and sha256 = ?")
                .params(claim.asOf(), firm.text(), sha256)
                .query(LocalDate.class)
                .single();
        return new Claim(first, claim.whole());
    }

    @Override
    @Transactional
    public void keep(FirmId firm, String sha256, Claim claim, String by, Instant at) {
        jdbc.sql("""
                        insert into imported_list (firm_id, sha256, as_of, whole, imported_by, imported_at)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(firm.text(), sha256, claim.asOf(), claim.whole(), by, Timestamp.from(at))
                .update();
    }
}
