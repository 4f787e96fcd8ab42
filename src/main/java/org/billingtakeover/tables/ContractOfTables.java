package org.billingtakeover.tables;

import org.billingtakeover.model.Contract;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells whoever checks the files which tables the code asks. */
@Configuration(proxyBeanMethods = false)
class ContractOfTables {

    @Bean
    Contract.Tables tablesKnownToTheCode(CheckTables check) {
        return check.asked();
    }
}
