package org.billingtakeover.metrics.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ScrapeSecurityTest {

    @Test
    @DisplayName("commands such as import and verify start in surroundings that say a port for Prometheus")
    void commandsStart() {
        new ApplicationContextRunner()
                .withUserConfiguration(ScrapeSecurity.class)
                .withPropertyValues("back-office.metrics.port=9095")
                .run(command -> assertThat(command).hasNotFailed());
    }
}
