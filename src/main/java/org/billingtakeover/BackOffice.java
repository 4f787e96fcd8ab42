package org.billingtakeover;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the product. */
@SpringBootApplication
public class BackOffice {

    public static void main(String[] args) {
        SpringApplication.run(BackOffice.class, args);
    }
}
