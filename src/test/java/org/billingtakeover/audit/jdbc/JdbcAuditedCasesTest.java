package org.billingtakeover.audit.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Firm;
import org.billingtakeover.audit.AuditedCases.AuditedCase;
import org.billingtakeover.audit.AuditedCases.Search;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BackOfficeTest
@DisplayName("An auditor's search by words")
class JdbcAuditedCasesTest {

    @Autowired
    Door door;

    @Autowired
    JdbcClient jdbc;

    @Test
    @DisplayName("finds the same cases, the newest first, however many names have the word")
    void fewAndMany() {
        Firm firm = door.firm("W");
        Account one = door.client(firm, "1");
        String first = door.opened(one);
        String second = door.opened(door.client(firm, "2"));

        for (int few : List.of(0, 1, 2_000)) {
            assertThat(found(few, "atelier", firm)).as(few + " names are few").containsExactly(second, first);
            assertThat(found(few, one.client().companyId().text(), firm)).containsExactly(first);
            assertThat(found(few, "nobody", firm)).isEmpty();
            assertThat(found(few, second, firm)).containsExactly(second);
        }
    }

    private List<String> found(int few, String text, Firm firm) {
        Search search = new Search(text, firm.id().text(), null, null, null, null, null, null, null, null);
        return new JdbcAuditedCases(jdbc, few)
                .find(search, 10).stream()
                        .map(AuditedCase::key)
                        .map(Object::toString)
                        .toList();
    }
}
