package org.billingtakeover;

import java.time.Clock;
import org.billingtakeover.audit.cli.VerifyCommand;
import org.billingtakeover.lists.cli.ImportCommand;
import org.billingtakeover.verifier.VerifyExportCommand;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the product. Beans are named by their whole class, so that the short names belong to the diagrams. */
@EnableScheduling
@SpringBootApplication(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class BackOffice {

    public static void main(String[] args) {
        if (VerifyCommand.isCalledBy(args)) {
            System.exit(VerifyCommand.run(BackOffice.class, args));
        }
        if (VerifyExportCommand.isCalledBy(args)) {
            System.exit(VerifyExportCommand.run(args));
        }
        if (ImportCommand.isCalledBy(args)) {
            System.exit(ImportCommand.run(BackOffice.class, args));
        }
        SpringApplication.run(BackOffice.class, args);
    }

    /** The one source of time; the demo has one that can be moved. */
    @Bean
    @Profile("!demo")
    Clock clock() {
        return Clock.systemUTC();
    }
}
