package org.billingtakeover.takeover.process;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * What the code knows of the diagrams.
 *
 * @param beans the steps and listeners that a diagram may name, with what each is
 * @param variables every process variable with its type
 * @param handedOut what a called process hands to its caller, by its end event; throws for an event that it does not know
 * @param quoted every text in quotes in the product's code
 */
record CodeContract(
        Map<String, Class<?>> beans,
        Map<String, Class<?>> variables,
        Set<String> messages,
        Set<String> errors,
        Map<String, Set<String>> taskInputs,
        UnaryOperator<String> handedOut,
        Set<String> quoted) {

    private static final List<Class<?>> KINDS =
            List.of(JavaDelegate.class, ExecutionListener.class, TaskListener.class);

    static CodeContract read() {
        return new CodeContract(
                beansOfTheCode(),
                variablesOfTheCode(),
                constants(BillingTakeoverProcess.Message.class),
                constants(BillingTakeoverProcess.Error.class),
                BillingTakeoverProcess.TASK_INPUTS.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                task -> task.getValue().stream()
                                        .map(Variable::name)
                                        .collect(Collectors.toSet()))),
                BillingTakeoverProcess::handedOutAt,
                quotedInTheCode());
    }

    /** The groups that people are in. */
    static Set<String> groups() {
        try {
            Class<?> role = Class.forName("org.billingtakeover.security.Role");
            Method group = role.getDeclaredMethod("group");
            group.setAccessible(true);
            Set<String> groups = new TreeSet<>();
            for (Object one : role.getEnumConstants()) {
                groups.add((String) group.invoke(one));
            }
            return groups;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Class<?>> beansOfTheCode() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.billingtakeover");
        Map<String, Class<?>> beans = new TreeMap<>();
        for (JavaClass type : classes) {
            for (JavaMethod method : type.getMethods()) {
                if (method.isAnnotatedWith(Bean.class)) {
                    kind(method.getRawReturnType().reflect())
                            .forEach(kind -> Arrays.stream(beanNames(method)).forEach(name -> beans.put(name, kind)));
                }
            }
            if (type.isMetaAnnotatedWith(Component.class) && !type.isInterface()) {
                Component component = AnnotatedElementUtils.getMergedAnnotation(type.reflect(), Component.class);
                String name = component == null || component.value().isEmpty()
                        ? StringUtils.uncapitalize(type.getSimpleName())
                        : component.value();
                kind(type.reflect()).forEach(kind -> beans.put(name, kind));
            }
        }
        return beans;
    }

    private static String[] beanNames(JavaMethod method) {
        String[] given = method.getAnnotationOfType(Bean.class).name();
        return given.length == 0 ? new String[] {method.getName()} : given;
    }

    private static Stream<Class<?>> kind(Class<?> type) {
        return type == CaseStep.class
                ? Stream.of(JavaDelegate.class)
                : KINDS.stream().filter(kind -> kind.isAssignableFrom(type));
    }

    private static Map<String, Class<?>> variablesOfTheCode() {
        return fields(BillingTakeoverProcess.Var.class)
                .map(field -> (Variable<?>) value(field))
                .collect(Collectors.toMap(Variable::name, Variable::type));
    }

    private static Set<String> constants(Class<?> holder) {
        return fields(holder).map(field -> (String) value(field)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Field> fields(Class<?> holder) {
        return Arrays.stream(holder.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && !field.isSynthetic());
    }

    private static Object value(Field field) {
        try {
            field.setAccessible(true);
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> quotedInTheCode() {
        try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
            return sources.filter(source -> source.toString().endsWith(".java"))
                    .flatMap(CodeContract::quotedIn)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> quotedIn(Path source) {
        try {
            return Pattern.compile("\"([^\"\\n]*)\"")
                    .matcher(Files.readString(source))
                    .results()
                    .map(result -> result.group(1))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
