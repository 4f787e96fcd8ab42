package org.billingtakeover.demo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

class OnlyInDemoTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.billingtakeover");

    @Test
    void everyPartOfTheDemoIsThereInTheDemoAlone() {
        classes()
                .that()
                .resideInAPackage("..demo..")
                .and()
                .areMetaAnnotatedWith(Component.class)
                .should()
                .beAnnotatedWith(DescribedPredicate.describe(
                        "@Profile(\"demo\")",
                        annotation -> annotation.getRawType().isEquivalentTo(Profile.class)
                                && java.util.Arrays.equals(
                                        annotation.as(Profile.class).value(), new String[] {"demo"})))
                .check(CLASSES);
    }

    @Test
    void nothingElseDependsOnTheDemo() {
        classes()
                .that()
                .resideInAPackage("..demo..")
                .should()
                .onlyHaveDependentClassesThat(JavaClass.Predicates.resideInAPackage("..demo.."))
                .check(CLASSES);
    }
}
