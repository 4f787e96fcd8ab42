package org.billingtakeover;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.AnnotationSupport;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;

/** What is run all day stays fast. */
@Tag("slow")
@DisplayName("The tests of the profile fast")
class FastProfileTest {

    private static final DescribedPredicate<JavaClass> FAST = DescribedPredicate.describe(
            "have no tag",
            test -> AnnotationSupport.findRepeatableAnnotations(test.reflect(), Tag.class)
                    .isEmpty());

    @Test
    @DisplayName("start no product and no browser, and ask no database but through the engine of diagrams and tables")
    void startNoProductAndNoBrowser() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Test")
                .and(FAST)
                .and()
                .haveSimpleNameNotEndingWith("ScenariosTest")
                .should()
                .dependOnClassesThat(belongToAnyOf(
                        SpringBootTest.class, SpringApplicationBuilder.class, Chromium.class, TestDatabase.class))
                .check(tests());
    }

    /** Their own code alone: all libraries that they use would take many times as long. */
    private static JavaClasses tests() {
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return new ClassFileImporter()
                    .withImportOption(new ImportOption.OnlyIncludeTests())
                    .importPackages("org.billingtakeover");
        });
    }
}
