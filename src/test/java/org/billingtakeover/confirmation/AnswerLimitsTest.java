package org.billingtakeover.confirmation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.billingtakeover.BackOfficeTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

@BackOfficeTest
@DisplayName("Whoever opens links too often")
class AnswerLimitsTest {

    private static final String NO_LINK = "/answer/" + "x".repeat(43);

    @Autowired
    WebApplicationContext context;

    @LocalServerPort
    int port;

    private MockMvc pages;

    @BeforeEach
    void setUp() {
        pages = MockMvcBuilders.webAppContextSetup(context)
                .apply(springSecurity())
                .build();
    }

    @Test
    @DisplayName("waits, by the address, whatever the links are; others go on")
    void byAddress() throws Exception {
        for (int time = 0; time < AnswerLimits.BY_ADDRESS_AND_MINUTE; time++) {
            assertThat(open("198.51.100.7", NO_LINK).getStatus()).isEqualTo(404);
        }

        MockHttpServletResponse refused = open("198.51.100.7", NO_LINK);
        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(Integer.parseInt(String.valueOf(refused.getHeader("Retry-After"))))
                .isBetween(1, 60);
        assertThat(open("198.51.100.8", NO_LINK).getStatus()).isEqualTo(404);
    }

    @Test
    @DisplayName("waits, by the case, wherever they are; other cases go on")
    void byCase() throws Exception {
        Question often = Question.toClientInMontreal(context);
        Question other = Question.toClientInMontreal(context);
        for (int time = 0; time < AnswerLimits.BY_CASE_IN_TEN_MINUTES; time++) {
            assertThat(open("198.51.101." + time, often.path()).getStatus()).isEqualTo(200);
        }

        MockHttpServletResponse refused = open("198.51.101.200", often.path());
        assertThat(refused.getStatus()).isEqualTo(429);
        assertThat(Integer.parseInt(String.valueOf(refused.getHeader("Retry-After"))))
                .isBetween(1, 600);
        assertThat(open("198.51.101.200", other.path()).getStatus()).isEqualTo(200);
    }

    @Test
    @DisplayName("has links sent again only so often, from one address")
    void linksAgain() throws Exception {
        for (int time = 0; time < AnswerLimits.LINKS_BY_ADDRESS_IN_TEN_MINUTES; time++) {
            assertThat(askForLink("198.51.102.7").getStatus()).isEqualTo(200);
        }

        assertThat(askForLink("198.51.102.7").getStatus()).isEqualTo(429);
        assertThat(askForLink("198.51.102.8").getStatus()).isEqualTo(200);
        assertThat(open("198.51.102.7", "/answer/again").getStatus()).isEqualTo(200);
    }

    @Test
    @DisplayName("reads in French or English why, and that nothing was changed")
    void page() throws Exception {
        for (int time = 0; time < AnswerLimits.BY_ADDRESS_AND_MINUTE; time++) {
            open("127.0.0.77", NO_LINK);
        }

        assertThat(over("127.0.0.77", "fr"))
                .startsWith("HTTP/1.1 429")
                .contains(
                        "Retry-After: ",
                        "lang=\"fr\"",
                        "Trop de demandes",
                        "le lien d’un courriel fonctionne toujours");
        assertThat(over("127.0.0.77", "en"))
                .contains("lang=\"en\"", "Too many requests", "a link from a mail still works");
    }

    private MockHttpServletResponse askForLink(String address) throws Exception {
        return pages.perform(post("/answer/again")
                        .param("email", "nobody@example.com")
                        .with(request -> {
                            request.setRemoteAddr(address);
                            return request;
                        }))
                .andReturn()
                .getResponse();
    }

    private MockHttpServletResponse open(String address, String path) throws Exception {
        return pages.perform(get(path).with(request -> {
                    request.setRemoteAddr(address);
                    return request;
                }))
                .andReturn()
                .getResponse();
    }

    /** From another address of this machine, over the network: an error page is made by the server. */
    private String over(String address, String language) throws Exception {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
            socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            socket.getOutputStream()
                    .write(("GET " + NO_LINK + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nAccept-Language: "
                                    + language + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
