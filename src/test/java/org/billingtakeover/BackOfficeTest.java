package org.billingtakeover;

import com.icegreen.greenmail.util.GreenMail;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.billingtakeover.model.FilesOfTests;
import org.billingtakeover.model.ShippedFiles;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistrar;

/**
 * A test of the whole product: a PostgreSQL, an SMTP server, a web server on a port of its own, a clock that the test sets, tables of
 * the tests' own, and no sample data. The job executor rests, so that a test runs due jobs when it wants to. All such tests share one product.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("slow")
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        // The host decides whether there is mail at all, which is too early for the registrar below.
        properties = {"camunda.bpm.job-execution.enabled=false", "spring.mail.host=127.0.0.1"})
@ActiveProfiles("test")
@Import({TestDatabase.class, BackOfficeTest.Surroundings.class})
public @interface BackOfficeTest {

    /** What stands around the product. */
    @TestConfiguration(proxyBeanMethods = false)
    @Import(Door.class)
    class Surroundings {

        @Bean
        @Primary
        TestClock testClock(ApplicationEventPublisher publisher) {
            return new TestClock(publisher);
        }

        @Bean
        @Primary
        ShippedFiles filesOfTests() {
            return new FilesOfTests();
        }

        @Bean(initMethod = "start", destroyMethod = "stop")
        GreenMail mailServer() {
            return new TestMailServer();
        }

        @Bean
        DynamicPropertyRegistrar mailPort(GreenMail mailServer) {
            return registry ->
                    registry.add("spring.mail.port", () -> mailServer.getSmtp().getPort());
        }
    }
}
