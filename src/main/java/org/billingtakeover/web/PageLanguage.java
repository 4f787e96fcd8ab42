package org.billingtakeover.web;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Locale;
import org.billingtakeover.kernel.Language;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.filter.OrderedFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;

/**
 * Pages are in the language chosen by the switch on each page, remembered for a year; before a choice, in the browser's. A choice of
 * another language than ours is none.
 */
@Configuration(proxyBeanMethods = false)
class PageLanguage implements WebMvcConfigurer {

    static final String CHOICE = "lang";

    /** That filter sets the browser's language, and forgets it in the end; Spring Security's come later. */
    private static final int AFTER_REQUEST_CONTEXT = OrderedFilter.REQUEST_WRAPPER_FILTER_MAX_ORDER - 104;

    @Bean
    LocaleResolver localeResolver(@Value("${server.servlet.session.cookie.secure:false}") boolean secure) {
        CookieLocaleResolver resolver = new Remembered();
        resolver.setCookieMaxAge(Duration.ofDays(365));
        // No secret, and Tasklist reads it to speak the same language.
        resolver.setCookieHttpOnly(false);
        resolver.setCookieSecure(secure);
        resolver.setCookieSameSite("Lax");
        resolver.setRejectInvalidCookies(false);
        resolver.setDefaultLocaleFunction(PageLanguage::ofBrowser);
        return resolver;
    }

    /** The engine's web applications speak the language of our pages: so does what their API answers. */
    @Bean
    FilterRegistrationBean<Filter> languageOfEngine(ObjectProvider<LocaleResolver> languages) {
        FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
            LocaleContextHolder.setLocale(languages.getObject().resolveLocale((HttpServletRequest) request));
            chain.doFilter(request, response);
        });
        filter.addUrlPatterns("/camunda/api/*");
        filter.setOrder(AFTER_REQUEST_CONTEXT);
        return filter;
    }

    private static Locale ofBrowser(HttpServletRequest request) {
        return Language.of(request.getLocale()).locale();
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        LocaleChangeInterceptor choice = new Chosen();
        choice.setParamName(CHOICE);
        choice.setIgnoreInvalidLocale(true);
        // A client’s page is in the language of its question, a file in that of its readers; neither is a choice for
        // other pages.
        registry.addInterceptor(choice)
                .excludePathPatterns("/answer/**", "/audit/export", "/audit/cases/*/evidence.zip");
    }

    private static final class Remembered extends CookieLocaleResolver {

        Remembered() {
            super(CHOICE);
        }

        @Override
        protected @Nullable Locale parseLocaleValue(String code) {
            return Language.ofCode(code).map(Language::locale).orElse(null);
        }

        @Override
        protected String toLocaleValue(Locale locale) {
            return Language.of(locale).code();
        }
    }

    private static final class Chosen extends LocaleChangeInterceptor {

        /** @throws IllegalArgumentException if it is none of our languages; null would forget an earlier choice */
        @Override
        protected Locale parseLocaleValue(String code) {
            return Language.ofCode(code)
                    .orElseThrow(IllegalArgumentException::new)
                    .locale();
        }
    }
}
