package org.billingtakeover.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.Visitor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;

@BackOfficeTest
@DisplayName("Without a port for Prometheus")
class OffByDefaultTest {

    @Autowired
    Environment environment;

    @Autowired
    Door door;

    @LocalServerPort
    int port;

    @Test
    @DisplayName("nothing of it is there: no second server, nothing under /actuator for anybody")
    void absent() {
        Visitor administrator = door.signedIn("camunda-admin", null);

        assertThat(administrator.get("/metrics").statusCode()).isEqualTo(200);
        for (String path : new String[] {"/actuator", "/actuator/prometheus", "/actuator/health", "/actuator/env"}) {
            assertThat(administrator.get(path).statusCode()).as(path).isEqualTo(404);
            assertThat(door.stranger().get(path).statusCode()).as(path).isEqualTo(302);
        }
        assertThat(environment.getProperty("local.management.port")).isNull();
        assertThat(environment.getProperty("management.server.port")).isEqualTo("-1");
        assertThat(environment.getProperty("management.server.address")).isEqualTo("127.0.0.1");
    }
}
