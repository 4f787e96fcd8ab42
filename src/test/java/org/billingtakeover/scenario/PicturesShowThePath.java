package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.billingtakeover.audit.CaseStory;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.picture.CaseDiagrams;
import org.billingtakeover.trail.StoredTrail;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/** After each story: the pictures of its cases, drawn from the trail, show the very paths that the engine took. */
final class PicturesShowThePath implements AfterEachCallback {

    private static final Pattern TAKEN = Pattern.compile("data-element=\"([^\"]+)\" data-state=\"taken\"");
    private static final Map<PathsTaken, Set<String>> COMPARED = new ConcurrentHashMap<>();

    /** How many cases there were. */
    static int compared() {
        return COMPARED.values().stream().mapToInt(Set::size).sum();
    }

    @Override
    public void afterEach(ExtensionContext story) {
        ApplicationContext product = SpringExtension.getApplicationContext(story);
        PathsTaken walked = product.getBean(PathsTaken.class);
        for (String takeover : walked.wentOn()) {
            assertThat(drawn(product, takeover)).as("Pictures of " + takeover).isEqualTo(walked.of(takeover));
            COMPARED.computeIfAbsent(walked, anew -> ConcurrentHashMap.newKeySet())
                    .add(takeover);
        }
    }

    private static Set<String> drawn(ApplicationContext product, String takeover) {
        CaseStory story = CaseStory.of(product.getBean(StoredTrail.class).chain(takeover));
        Set<String> drawn = new TreeSet<>();
        for (CaseDiagrams.CaseDiagram diagram :
                product.getBean(CaseDiagrams.class).of(story.ran(), Language.FR)) {
            Matcher taken = TAKEN.matcher(diagram.draw(takeover).orElseThrow());
            while (taken.find()) {
                // The engine takes no path out of a gateway that waits for events.
                if (!taken.group(1).startsWith("Flow_Until")) {
                    drawn.add(taken.group(1));
                }
            }
        }
        return drawn;
    }
}
