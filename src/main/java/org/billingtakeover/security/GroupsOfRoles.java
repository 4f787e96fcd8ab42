package org.billingtakeover.security;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.billingtakeover.model.Contract;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells whoever checks the diagrams for which groups a task can be. */
@Configuration(proxyBeanMethods = false)
class GroupsOfRoles {

    @Bean
    Contract.Groups groupsKnownToTheCode() {
        return new Contract.Groups(
                Arrays.stream(Role.values()).map(Role::group).collect(Collectors.toUnmodifiableSet()));
    }
}
