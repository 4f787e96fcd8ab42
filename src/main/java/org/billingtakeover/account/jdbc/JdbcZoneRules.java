package org.billingtakeover.account.jdbc;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.billingtakeover.account.ZoneRules;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcZoneRules implements ZoneRules {

    private static final int DAYS_AHEAD = 366;

    private final JdbcClient jdbc;

    JdbcZoneRules(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean agree(ZoneId zone, LocalDate day) {
        return differences(new String[] {zone.getId()}, day, day).isEmpty();
    }

    @Override
    public Map<ZoneId, LocalDate> differences(LocalDate from) {
        String[] inUse = jdbc.sql("select distinct time_zone from client")
                .query(String.class)
                .list()
                .toArray(String[]::new);
        return differences(inUse, from, from.plusDays(DAYS_AHEAD)).entrySet().stream()
                .collect(Collectors.toMap(each -> ZoneId.of(each.getKey()), Map.Entry::getValue));
    }

    private Map<String, LocalDate> differences(String[] zones, LocalDate from, LocalDate to) {
        Map<String, LocalDate> first = new TreeMap<>();
        jdbc.sql("""
                        select zone, day::date as day, extract(epoch from day::timestamp at time zone zone)::bigint as begins
                        from unnest(:zones) as z (zone), generate_series(cast(:from as date), cast(:to as date), interval '1 day') as d (day)
                        order by zone, day
                        """).param("zones", zones).param("from", from).param("to", to).query(row -> {
            String zone = row.getString("zone");
            LocalDate day = row.getObject("day", LocalDate.class);
            if (day.atStartOfDay(ZoneId.of(zone)).toEpochSecond() != row.getLong("begins")) {
                first.putIfAbsent(zone, day);
            }
        });
        return first;
    }
}
