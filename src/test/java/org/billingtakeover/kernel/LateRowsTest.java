package org.billingtakeover.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import javax.sql.DataSource;
import org.billingtakeover.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@Tag("slow")
@DisplayName("Rows that a transaction adds")
class LateRowsTest {

    private static final DataSource DATABASE = TestDatabase.fresh();
    private static final JdbcTemplate SQL = new JdbcTemplate(DATABASE);

    private final TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(DATABASE));
    private final LateRows houses = new LateRows(SQL, "insert into house (street) values (?)");
    private final LateRows people = new LateRows(SQL, "insert into person (street, name) values (?, ?)");

    @BeforeAll
    static void tables() {
        SQL.execute("create table house (number int generated always as identity, street text primary key)");
        SQL.execute("create table person (street text references house, name text)");
    }

    @BeforeEach
    void nothing() {
        SQL.execute("truncate house, person");
    }

    @Test
    @DisplayName("go at its end, in their order, each kind after what it needs, and by one statement")
    void atTheEnd() {
        transaction.executeWithoutResult(running -> {
            houses.add("Elm");
            people.add("Oak", "Ann");
            houses.add("Oak");
            people.add("Elm", null);
            assertThat(streets()).isEmpty();
        });

        assertThat(streets()).containsExactly("Elm", "Oak");
        assertThat(SQL.queryForList("select street from person order by street", String.class))
                .containsExactly("Elm", "Oak");
        assertThat(SQL.queryForObject("select count(distinct cmin::text) from house", Integer.class))
                .isOne();
    }

    @Test
    @DisplayName("go before it reads them")
    void beforeItReads() {
        transaction.executeWithoutResult(running -> {
            houses.send();
            houses.add("Elm");
            houses.send();
            assertThat(streets()).containsExactly("Elm");
            houses.add("Oak");
        });

        assertThat(streets()).containsExactly("Elm", "Oak");
    }

    @Test
    @DisplayName("are lost with it, and are not another one's within it")
    void rolledBack() {
        TransactionTemplate alone = new TransactionTemplate(new JdbcTransactionManager(DATABASE));
        alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);

        transaction.executeWithoutResult(running -> {
            houses.add("Elm");
            alone.executeWithoutResult(within -> houses.add("Oak"));
            assertThat(streets()).containsExactly("Oak");
            running.setRollbackOnly();
        });

        assertThat(streets()).containsExactly("Oak");
    }

    @Test
    @DisplayName("keep it from being committed where the database does not take them")
    void refused() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(running -> {
                    houses.add("Elm");
                    people.add("Nowhere", "Ann");
                }))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(streets()).isEmpty();
    }

    @Test
    @DisplayName("go at once where no transaction is open")
    void outside() {
        houses.add("Elm");
        assertThat(streets()).containsExactly("Elm");
    }

    private static List<String> streets() {
        return SQL.queryForList("select street from house order by number", String.class);
    }
}
