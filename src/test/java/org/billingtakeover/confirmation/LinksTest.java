package org.billingtakeover.confirmation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.billingtakeover.BackOfficeTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

@BackOfficeTest
@DisplayName("The link to a question")
class LinksTest {

    private static final String SECRET = "a-secret-of-thirty-two-characters";
    private static final String PAGES = "https://back-office.example";

    @Autowired
    ApplicationContext context;

    @Autowired
    Links links;

    @Autowired
    JdbcClient jdbc;

    private Question question;

    @BeforeEach
    void givenAClientWasAsked() {
        question = Question.toClientInMontreal(context);
    }

    @Test
    @DisplayName("is the same one in every mail, also after a restart")
    void sameLinkTwice() {
        UUID request = question.request().id();

        assertThat(new Links(SECRET, PAGES, jdbc).link(request))
                .isEqualTo(new Links(SECRET, PAGES, jdbc).link(request))
                .isEqualTo(new Links(SECRET, PAGES + "/", jdbc).link(request));
    }

    @Test
    @DisplayName("is another one for another question or with another secret")
    void anotherLink() {
        UUID request = question.request().id();
        String ours = new Links(SECRET, PAGES, jdbc).token(request);

        assertThat(new Links(SECRET, PAGES, jdbc).token(UUID.randomUUID())).isNotEqualTo(ours);
        assertThat(new Links(SECRET + "!", PAGES, jdbc).token(request)).isNotEqualTo(ours);
    }

    @Test
    @DisplayName("leads to its question")
    void leadsToItsQuestion() {
        assertThat(links.find(question.token())).contains(question.request().id());
    }

    @Test
    @DisplayName("leads nowhere in another shape, with one character changed or made with another secret")
    void wrongTokensFindNothing() {
        String token = question.token();
        char first = token.charAt(0) == 'A' ? 'B' : 'A';

        assertThat(token).matches("[A-Za-z0-9_-]{43}");
        for (String wrong : List.of(
                "",
                "x",
                token + "A",
                token.substring(1),
                " " + token,
                token + "\n",
                token + "=",
                first + token.substring(1),
                question.request().id().toString(),
                "' or true --",
                new Links(SECRET, PAGES, jdbc).token(question.request().id()))) {
            assertThat(links.find(wrong)).as(wrong).isEmpty();
        }
    }

    @Test
    @DisplayName("is nowhere in the database, which keeps a hash of it")
    void onlyAHashInTheDatabase() {
        List<String> tables = jdbc.sql("select quote_ident(table_name) from information_schema.tables"
                        + " where table_schema = 'public' and table_type = 'BASE TABLE'")
                .query(String.class)
                .list();

        assertThat(tables).contains("consent_link", "mail", "act_hi_varinst", "act_ge_bytearray");
        assertThat(tables.stream()
                        .filter(table -> holds(table, question.token()))
                        .collect(Collectors.toList()))
                .isEmpty();
        assertThat(jdbc.sql("select count(*) from consent_link where request_id = ?"
                                + " and token_hash = sha256(convert_to(?, 'UTF8'))")
                        .params(question.request().id(), question.token())
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    @Test
    @DisplayName("is not made with a secret that is short enough to be guessed")
    void shortSecretIsRefused() {
        String short31 = "x".repeat(31);

        assertThatThrownBy(() -> new Links(short31, PAGES, jdbc))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("back-office.link-secret")
                .hasMessageNotContaining(short31);
    }

    /** As text, or as the bytes of that text. */
    private boolean holds(String table, String token) {
        return jdbc.sql("select exists (select from " + table + " r where strpos(r::text, ?) > 0"
                        + " or strpos(r::text, encode(convert_to(?, 'UTF8'), 'hex')) > 0)")
                .params(token, token)
                .query(Boolean.class)
                .single();
    }
}
