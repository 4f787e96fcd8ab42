package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.Set;
import java.util.TreeSet;
import org.billingtakeover.kernel.Language;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** After the stories of a class: auditors read words, in both languages, for every code that the trail holds. */
final class EveryCodeHasWords implements AfterAllCallback {

    private static final JsonMapper JSON = new JsonMapper();

    /** What tables are asked and answer is named by those who keep the tables. */
    private static final Set<String> NAMED_BY_TABLES = Set.of("inputs", "outputs");

    @Override
    public void afterAll(ExtensionContext stories) throws Exception {
        Set<String> codes = new TreeSet<>();
        JdbcClient jdbc = SpringExtension.getApplicationContext(stories).getBean(JdbcClient.class);
        for (String document :
                jdbc.sql("select document from audit_entry").query(String.class).list()) {
            JsonNode entry = JSON.readTree(document);
            codes.add("what." + entry.path("what").asText());
            collect(entry.path("content"), codes);
        }
        for (Language language : Language.values()) {
            assertThat(codes)
                    .as("codes of the trail without words in " + language)
                    .allMatch(code -> hasWords(code, language));
        }
    }

    private static void collect(JsonNode node, Set<String> codes) {
        if (node.isArray()) {
            node.forEach(each -> collect(each, codes));
        }
        if (node.isObject() && !(node.size() == 1 && node.has("digest"))) {
            node.properties().forEach(each -> {
                if (!each.getKey().equals("form")) {
                    codes.add("detail." + each.getKey());
                }
                if (!NAMED_BY_TABLES.contains(each.getKey())) {
                    collect(each.getValue(), codes);
                }
                if (Set.of("operation", "entity", "property", "how").contains(each.getKey())) {
                    codes.add(each.getKey() + "." + each.getValue().asText());
                }
            });
        }
    }

    private static boolean hasWords(String code, Language language) {
        return words("audit", language).containsKey("audit." + code)
                || code.startsWith("what.")
                        && List.of("takeover", "evidence").stream()
                                .map(each -> words(each, language))
                                .anyMatch(bundle -> bundle.containsKey(code.replace("what.", "event."))
                                        || bundle.containsKey("audit." + code));
    }

    private static ResourceBundle words(String module, Language language) {
        return ResourceBundle.getBundle(
                "messages." + module,
                Locale.forLanguageTag(language.code()),
                Control.getNoFallbackControl(Control.FORMAT_PROPERTIES));
    }
}
