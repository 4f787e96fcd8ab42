package org.billingtakeover.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/** Collects what is wrong with a file, in sentences for a process owner: what it concerns by its label, what is wrong, how to mend it. */
public final class Faults {

    private final List<String> sentences = new ArrayList<>();

    /** @param about the {@code %s} of the sentence; a model element appears by its label and id */
    public void add(String file, String sentence, Object... about) {
        Object[] words = Arrays.stream(about)
                .map(thing -> thing instanceof ModelElementInstance element ? name(element) : thing)
                .toArray();
        sentences.add(file + ": " + sentence.formatted(words));
    }

    public List<String> sentences() {
        return sentences;
    }

    private static String name(ModelElementInstance element) {
        String name = element.getAttributeValue("name");
        String id = element.getAttributeValue("id");
        return name == null || name.isBlank() ? id : "“" + name + "” (" + id + ")";
    }
}
