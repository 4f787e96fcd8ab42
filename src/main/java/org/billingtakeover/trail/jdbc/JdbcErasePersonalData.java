package org.billingtakeover.trail.jdbc;

import java.util.Map;
import org.billingtakeover.trail.ErasePersonalData;
import org.billingtakeover.trail.Fact;
import org.billingtakeover.trail.Trail;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcErasePersonalData implements ErasePersonalData {

    private final JdbcClient jdbc;
    private final Trail trail;

    JdbcErasePersonalData(JdbcClient jdbc, Trail trail) {
        this.jdbc = jdbc;
        this.trail = trail;
    }

    @Override
    @Transactional
    public int of(String about, String actor) {
        int erased = jdbc.sql("select audit_erase_personal(?)")
                .param(about)
                .query(Integer.class)
                .single();
        if (erased > 0) {
            trail.record(new Fact(about, actor, ERASED, Map.of("values", erased)));
        }
        return erased;
    }
}
