package org.billingtakeover.trail.jdbc;

import java.time.Clock;
import org.billingtakeover.trail.CanonicalJson;
import org.billingtakeover.trail.ErasePersonalData;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcErasePersonalData implements ErasePersonalData {

    private final JdbcClient jdbc;
    private final Clock clock;

    JdbcErasePersonalData(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    @Transactional
    public int of(String about, String actor, String rule) {
        return jdbc.sql("select audit_erase_personal(?, ?, ?, ?)")
                .params(about, CanonicalJson.exact(clock.instant()).toString(), actor, rule)
                .query(Integer.class)
                .single();
    }
}
