package org.billingtakeover.model;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.billingtakeover.BackOffice;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.AutowiredAnnotationBeanPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.context.annotation.ConfigurationClassPostProcessor;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.core.type.filter.AssignableTypeFilter;

/** The parts of the product by name and type, none of them made but what checks files: that needs no database and no engine. */
public final class Product {

    private static final DefaultListableBeanFactory PARTS = parts();

    private Product() {}

    /** As the product has it at its start. */
    public static CheckFiles check() {
        return new CheckFiles(List.copyOf(PARTS.getBeansOfType(FileRules.class).values()));
    }

    /** Of it, what tables must answer: they alone are read, which is quick. */
    static CheckFiles checkOfTables() {
        return new CheckFiles(PARTS.getBeansOfType(FileRules.class).values().stream()
                .filter(rules -> !(rules instanceof DiagramsFitTheCode))
                .toList());
    }

    static CodeContract contract() {
        return CodeContract.of(PARTS);
    }

    private static DefaultListableBeanFactory parts() {
        DefaultListableBeanFactory parts = new DefaultListableBeanFactory();
        ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(parts);
        scanner.setBeanNameGenerator(FullyQualifiedAnnotationBeanNameGenerator.INSTANCE);
        // It would scan all again, and bring what Spring configures by itself.
        scanner.addExcludeFilter(new AssignableTypeFilter(BackOffice.class));
        scanner.addExcludeFilter(new AnnotationTypeFilter(TestConfiguration.class));
        scanner.scan(BackOffice.class.getPackageName());
        ConfigurationClassPostProcessor configurations = new ConfigurationClassPostProcessor();
        configurations.setEnvironment(new StandardEnvironment());
        configurations.postProcessBeanDefinitionRegistry(parts);
        parts.registerResolvableDependency(ListableBeanFactory.class, parts);
        AutowiredAnnotationBeanPostProcessor constructors = new AutowiredAnnotationBeanPostProcessor();
        constructors.setBeanFactory(parts);
        parts.addBeanPostProcessor(constructors);
        ResourceBundleMessageSource words = new ResourceBundleMessageSource();
        words.setBasename("messages/takeover");
        words.setDefaultEncoding("UTF-8");
        words.setFallbackToSystemLocale(false);
        parts.registerSingleton("messageSource", words);
        parts.registerSingleton("clock", Clock.fixed(Instant.parse("2026-03-02T15:00:00Z"), ZoneOffset.UTC));
        return parts;
    }
}
