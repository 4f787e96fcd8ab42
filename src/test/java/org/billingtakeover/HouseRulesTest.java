package org.billingtakeover;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Executable;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Optional;
import org.billingtakeover.takeover.State;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.modulith.core.ApplicationModules;

/** The rules of the house: who may know whom, and what nobody does. */
@DisplayName("In this house")
@AnalyzeClasses(packages = "org.billingtakeover", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {

    private static final String HOME = "org.billingtakeover.";

    @Test
    @DisplayName("modules keep to each other's API and know each other in one direction only")
    void modulesKeepToTheirBounds() {
        // Their own code alone: all libraries that it uses would take many times as long.
        ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            ApplicationModules.of(BackOffice.class).verify();
        });
    }

    @ArchTest
    static final ArchRule THE_KERNEL_KNOWS_NOBODY = noClasses()
            .that()
            .resideInAPackage(HOME + "kernel..")
            .should()
            .dependOnClassesThat(otherModulesThan("kernel"));

    @ArchTest
    static final ArchRule THE_TRAIL_KNOWS_NOBODY = noClasses()
            .that()
            .resideInAPackage(HOME + "trail..")
            .should()
            .dependOnClassesThat(otherModulesThan("trail"));

    @ArchTest
    static final ArchRule THE_VERIFIER_KNOWS_THE_TRAIL_ALONE = noClasses()
            .that()
            .resideInAPackage(HOME + "verifier..")
            .should()
            .dependOnClassesThat(otherModulesThan("verifier", "trail"));

    /** But for annotations that say what may be null. */
    @ArchTest
    static final ArchRule THE_VERIFIER_NEEDS_NOTHING_BUT_JAVA = noClasses()
            .that()
            .resideInAnyPackage(HOME + "trail", HOME + "verifier..")
            .should()
            .dependOnClassesThat(not(
                    resideInAnyPackage("java..", HOME + "trail", HOME + "verifier..", "org.jspecify.annotations..")));

    @ArchTest
    static final ArchRule ACCOUNTS_KNOW_THE_KERNEL_ALONE = noClasses()
            .that()
            .resideInAPackage(HOME + "account..")
            .should()
            .dependOnClassesThat(otherModulesThan("account", "kernel"));

    @ArchTest
    static final ArchRule CAPABILITIES_KNOW_ACCOUNTS_ALONE = noClasses()
            .that()
            .resideInAnyPackage(HOME + "billing..", HOME + "commission..", HOME + "notification..", HOME + "pricing..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(HOME + "takeover..", HOME + "confirmation..", HOME + "demo..", HOME + "security..");

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_DEMO = noClasses()
            .that()
            .resideOutsideOfPackage(HOME + "demo..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(HOME + "demo..");

    @ArchTest
    static final ArchRule THE_ENGINE_STAYS_IN_ITS_ROOMS = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "..process..",
                    HOME + "model..",
                    HOME + "tables..",
                    HOME + "audit..",
                    HOME + "picture..",
                    HOME + "security..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.camunda..");

    @ArchTest
    static final ArchRule VARIABLES_ARE_TYPED = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(HOME + "takeover.process.Variable")
            .should()
            .callMethodWhere(target(owner(assignableTo(VariableScope.class)))
                    .and(target(nameMatching("getVariable.*|setVariable"))));

    @ArchTest
    static final ArchRule THE_FLOW_IS_PRIVATE = classes()
            .that()
            .resideInAPackage(HOME + "takeover.process..")
            .should()
            .notBePublic();

    @ArchTest
    static final ArchRule ADAPTERS_ARE_PRIVATE = classes()
            .that()
            .resideInAnyPackage("..jdbc..", "..web..", "..csv..", "..ledger..", "..mail..")
            .and()
            .areTopLevelClasses()
            .should()
            .notBePublic();

    @ArchTest
    static final ArchRule CONSTRUCTORS_INJECT = noFields().should().beAnnotatedWith(Autowired.class);

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_THINGS_ARE =
            noClasses().should().haveNameMatching(".*(Impl|Helper|Util|Utils|Manager)");

    @ArchTest
    static final ArchRule TIME_COMES_FROM_ONE_CLOCK = noClasses()
            .that()
            .resideOutsideOfPackage(HOME + "demo..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now", ZoneId.class)
            .orShould()
            .callMethod(Clock.class, "systemDefaultZone");

    /** A key, an id and a number have a type each, so that none is handed over for another. */
    @ArchTest
    static final ArchRule IDS_ARE_TYPED = codeUnits()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat(resideInAPackage(HOME + "*"))
            .should(haveNoTextNamed(".*Key|key|.*Id|.*Number"));

    @ArchTest
    static final ArchRule A_STATE_HAS_NO_VALUE_THAT_MAY_BE_MISSING =
            classes().that().implement(State.class).should(haveNothingNullable());

    private static ArchCondition<JavaCodeUnit> haveNoTextNamed(String names) {
        return new ArchCondition<>("have no text named " + names) {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                Executable executable = (Executable) unit.reflect();
                for (Parameter parameter : executable.getParameters()) {
                    boolean isText = parameter.getType() == String.class
                            || parameter.getParameterizedType().getTypeName().contains("<java.lang.String>");
                    if (isText && parameter.getName().matches(names)) {
                        events.add(SimpleConditionEvent.violated(unit, unit.getFullName() + " takes " + parameter));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> haveNothingNullable() {
        return new ArchCondition<>("have nothing that may be missing") {
            @Override
            public void check(JavaClass state, ConditionEvents events) {
                if (!state.isRecord()) {
                    return;
                }
                for (RecordComponent component : state.reflect().getRecordComponents()) {
                    if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                            || component.getType() == Optional.class) {
                        events.add(SimpleConditionEvent.violated(state, state.getName() + " has " + component));
                    }
                }
            }
        };
    }

    private static DescribedPredicate<JavaClass> otherModulesThan(String... modules) {
        String[] packages =
                Arrays.stream(modules).map(module -> HOME + module + "..").toArray(String[]::new);
        return resideInAPackage(HOME + "*..").and(not(resideInAnyPackage(packages)));
    }
}
