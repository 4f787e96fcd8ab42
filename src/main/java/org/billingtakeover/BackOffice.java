package org.billingtakeover;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;

/** Starts the product. Beans are named by their whole class, so that the short names belong to the diagrams. */
@SpringBootApplication(nameGenerator = FullyQualifiedAnnotationBeanNameGenerator.class)
public class BackOffice {

    public static void main(String[] args) {
        SpringApplication.run(BackOffice.class, args);
    }
}
