package org.billingtakeover.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Visitor;
import org.billingtakeover.security.People;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;

@BackOfficeTest
@DisplayName("Without a port for Prometheus")
class OffByDefaultTest {

    @Autowired
    IdentityService identities;

    @Autowired
    Environment environment;

    @LocalServerPort
    int port;

    @Test
    @DisplayName("nothing of it is there: no second server, nothing under /actuator for anybody")
    void absent() {
        Visitor administrator =
                new Visitor(port).signedInAs(new People(identities).person("camunda-admin", null), People.PASSWORD);

        assertThat(administrator.get("/metrics").statusCode()).isEqualTo(200);
        for (String path : new String[] {"/actuator", "/actuator/prometheus", "/actuator/health", "/actuator/env"}) {
            assertThat(administrator.get(path).statusCode()).as(path).isEqualTo(404);
            assertThat(new Visitor(port).get(path).statusCode()).as(path).isEqualTo(302);
        }
        assertThat(environment.getProperty("local.management.port")).isNull();
        assertThat(environment.getProperty("management.server.port")).isEqualTo("-1");
        assertThat(environment.getProperty("management.server.address")).isEqualTo("127.0.0.1");
    }
}
