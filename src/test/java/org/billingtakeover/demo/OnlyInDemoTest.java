package org.billingtakeover.demo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import org.billingtakeover.billing.PlatformDesk;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

@Tag("slow")
class OnlyInDemoTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.billingtakeover");

    private static final DescribedPredicate<JavaAnnotation<?>> FOR_THE_DEMO = DescribedPredicate.describe(
            "@Profile(\"demo\")",
            annotation -> annotation.getRawType().isEquivalentTo(Profile.class)
                    && Arrays.equals(annotation.as(Profile.class).value(), new String[] {"demo"}));

    @Test
    void everyPartOfTheDemoIsThereInTheDemoAlone() {
        classes()
                .that()
                .resideInAPackage("..demo..")
                .and()
                .areMetaAnnotatedWith(Component.class)
                .should()
                .beAnnotatedWith(FOR_THE_DEMO)
                .check(CLASSES);
    }

    /** In production nobody can have the platform refuse, be slow or be silent. */
    @Test
    void theDeskOfTheBillingPlatformIsThereInTheDemoAlone() {
        classes()
                .that()
                .implement(PlatformDesk.class)
                .or()
                .haveSimpleName("FarLedger")
                .should()
                .beAnnotatedWith(FOR_THE_DEMO)
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
