package org.billingtakeover.security;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The people that the settings name; others are added by an administrator.
 *
 * @param admin the administrator without whom the product does not start
 * @param users further people, with roles from the start
 */
@ConfigurationProperties("back-office")
record Staff(@Nullable Person admin, @Nullable List<Person> users) {

    /** Everybody named, the administrator last. */
    List<Person> people() {
        Stream<Person> named = users == null ? Stream.of() : users.stream();
        return Stream.concat(named, Stream.ofNullable(admin).map(Person::asAdministrator))
                .toList();
    }

    /**
     * @param id what the person signs in with
     * @param password used when the person is added; a later change of it in the settings changes nothing
     * @param groups the ids of the person's roles
     * @param firm the firm that the person works for; null for staff who serve every firm
     */
    record Person(
            String id,
            String firstName,
            String lastName,
            String email,
            String password,
            @Nullable List<String> groups,
            @Nullable String firm) {

        public List<String> roles() {
            return groups == null ? List.of() : groups;
        }

        private Person asAdministrator() {
            return new Person(id, firstName, lastName, email, password, List.of(Role.ADMINISTRATOR.group()), null);
        }

        @Override
        public String toString() {
            return id;
        }
    }
}
