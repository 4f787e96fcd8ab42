package org.billingtakeover.trail.jdbc;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.billingtakeover.trail.PersonalValues;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

@Repository
class JdbcPersonalValues implements PersonalValues {

    private final JdbcTemplate jdbc;

    JdbcPersonalValues(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Map<String, String> of(Collection<String> digests) {
        Map<String, String> values = new HashMap<>();
        jdbc.query(
                "select encode(digest, 'hex'), value from audit_personal"
                        + " where digest = any (select decode(d, 'hex') from unnest(?) d)",
                row -> {
                    values.put(row.getString(1), row.getString(2));
                },
                (Object) digests.toArray(String[]::new));
        return values;
    }

    @Override
    public int erase(String about) {
        Integer erased = jdbc.queryForObject("select audit_erase_personal(?)", Integer.class, about);
        return erased == null ? 0 : erased;
    }
}
