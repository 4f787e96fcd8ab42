package org.billingtakeover;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTag;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.platform.commons.support.AnnotationSupport;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;

/** What is run all day stays fast. */
@ArchTag("slow")
@DisplayName("The tests of the profile fast")
@AnalyzeClasses(packages = "org.billingtakeover", importOptions = ImportOption.OnlyIncludeTests.class)
class FastProfileTest {

    private static final DescribedPredicate<JavaClass> FAST = DescribedPredicate.describe(
            "have no tag",
            test -> AnnotationSupport.findRepeatableAnnotations(test.reflect(), Tag.class)
                    .isEmpty());

    @ArchTest
    static final ArchRule START_NO_PRODUCT_AND_NO_BROWSER = noClasses()
            .that(FAST)
            .and()
            .haveSimpleNameEndingWith("Test")
            .and()
            .doNotHaveSimpleName("ScenariosTest")
            .and()
            .areNotAnnotatedWith(AnalyzeClasses.class)
            .should()
            .dependOnClassesThat(belongToAnyOf(SpringBootTest.class, SpringApplicationBuilder.class, Chromium.class));
}
