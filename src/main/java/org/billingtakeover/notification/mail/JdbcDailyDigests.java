package org.billingtakeover.notification.mail;

import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.notification.DailyDigests;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcDailyDigests implements DailyDigests {

    private final JdbcClient jdbc;

    JdbcDailyDigests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean areWishedBy(FirmId firm) {
        return jdbc.sql("select exists (select from firm_digest where firm_id = ?)")
                .param(firm.text())
                .query(Boolean.class)
                .single();
    }

    @Override
    @Transactional
    public void wish(FirmId firm, boolean wished) {
        jdbc.sql(
                        wished
                                ? "insert into firm_digest values (?) on conflict do nothing"
                                : "delete from firm_digest where firm_id = ?")
                .param(firm.text())
                .update();
    }
}
