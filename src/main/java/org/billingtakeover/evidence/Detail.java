package org.billingtakeover.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.billingtakeover.trail.StoredTrail.SaidOfPerson;
import org.jspecify.annotations.Nullable;

/**
 * Something that an entry says, flat.
 *
 * @param value null where it was erased
 */
record Detail(String path, @Nullable String value) {

    static List<Detail> of(JsonNode content, Map<String, SaidOfPerson> said) {
        List<Detail> details = new ArrayList<>();
        flatten("", content, said, details);
        return details;
    }

    private static void flatten(String path, JsonNode node, Map<String, SaidOfPerson> said, List<Detail> details) {
        if (node.isObject() && node.size() == 1 && node.has("digest")) {
            SaidOfPerson known = said.get(node.path("digest").asText());
            details.add(new Detail(path, known == null ? null : known.value()));
        } else if (node.isObject() && node.size() == 2 && node.has("amount") && node.has("currency")) {
            details.add(new Detail(
                    path,
                    node.path("amount").asText() + " " + node.path("currency").asText()));
        } else if (node.isObject()) {
            node.properties().forEach(each -> flatten(below(path, each.getKey()), each.getValue(), said, details));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(below(path, String.valueOf(i + 1)), node.path(i), said, details);
            }
        } else if (!node.isNull()) {
            details.add(new Detail(path, node.asText()));
        }
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
