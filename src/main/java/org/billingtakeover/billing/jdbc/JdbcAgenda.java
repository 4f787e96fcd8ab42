package org.billingtakeover.billing.jdbc;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.billing.Agenda;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The agenda of a table that has for it the columns {@code key, wanted, asked, in_hand_until} and {@code next_look}. */
abstract class JdbcAgenda<K, T> implements Agenda<K, T> {

    private final JdbcClient jdbc;
    private final String table;
    private final String free;
    private final RowMapper<K> key;
    private final RowMapper<T> taken;

    /**
     * @param turn whose turn it is, of those that are due and that nobody has in hand
     * @param key of a row
     * @param taken of a row that has {@code asked_before} beside the columns of its table
     */
    JdbcAgenda(JdbcClient jdbc, String table, String turn, RowMapper<K> key, RowMapper<T> taken) {
        this.jdbc = jdbc;
        this.table = table;
        this.free = "next_look <= :now and (in_hand_until is null or in_hand_until <= :now) and " + turn;
        this.key = key;
        this.taken = taken;
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW, readOnly = true)
    public List<K> due(Instant now, int most) {
        return jdbc.sql("select key from " + table + " where " + free + " order by next_look, key limit :most")
                .param("now", Timestamp.from(now))
                .param("most", most)
                .query(key)
                .list();
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public Optional<T> take(K which, Instant now, Instant until) {
        return jdbc.sql("""
                        with found as (
                            select key, asked from %1$s where key = :key and %2$s for update skip locked
                        )
                        update %1$s t set asked = true, in_hand_until = :until from found where t.key = found.key
                        returning t.*, found.asked as asked_before
                        """.formatted(table, free))
                .param("key", which.toString())
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(until))
                .query(taken)
                .optional();
    }

    @Override
    @Transactional
    public void later(K which, Instant at) {
        jdbc.sql("update " + table + " set next_look = ?, in_hand_until = null where key = ? and next_look is not null")
                .params(Timestamp.from(at), which.toString())
                .update();
    }

    @Override
    @Transactional
    public void failed(K which, Instant at, Instant unwantedAt) {
        jdbc.sql("""
                        update %s set in_hand_until = null,
                            next_look = case when wanted then ?::timestamptz else ?::timestamptz end
                        where key = ? and next_look is not null
                        """.formatted(table))
                .params(Timestamp.from(at), Timestamp.from(unwantedAt), which.toString())
                .update();
    }

    /** @return whether it was to be looked at later only */
    boolean isSooner(K which, Instant now) {
        return jdbc.sql("update " + table + " set next_look = ? where key = ? and next_look > ?")
                        .params(Timestamp.from(now), which.toString(), Timestamp.from(now))
                        .update()
                > 0;
    }
}
