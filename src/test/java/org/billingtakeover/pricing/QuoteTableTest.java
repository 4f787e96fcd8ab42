package org.billingtakeover.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.billingtakeover.kernel.Language;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

class QuoteTableTest {

    @ParameterizedTest(name = "the table of a quote is a fragment for any page, in {0}")
    @CsvSource({
        "FR,Ce que paie le cabinet,Calcul du prix de QuickBooks Time",
        "EN,What the firm pays,How the price of QuickBooks Time comes about"
    })
    void table(Language language, String firmHead, String priceHead) {
        QuoteSheet sheet = QuoteSheet.of(SampleQuotes.firmTakesTime(), language, ZoneId.of("America/Toronto"));

        String html =
                engine().process("quote", Set.of("tables"), new Context(language.locale(), Map.of("sheet", sheet)));

        assertThat(html)
                .contains(
                        firmHead,
                        priceHead,
                        sheet.firm().summary(),
                        sheet.client().summary(),
                        sheet.note(),
                        sheet.number(),
                        sheet.validUntil())
                .containsSubsequence(
                        "class=\"total\"", sheet.firm().lines().get(4).difference())
                .doesNotContain("??");
    }

    private static SpringTemplateEngine engine() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages/quote");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        ClassLoaderTemplateResolver templates = new ClassLoaderTemplateResolver();
        templates.setPrefix("templates/");
        templates.setSuffix(".html");
        templates.setCharacterEncoding("UTF-8");
        SpringTemplateEngine engine = new SpringTemplateEngine();
        engine.setTemplateResolver(templates);
        engine.setTemplateEngineMessageSource(messages);
        return engine;
    }
}
