package org.billingtakeover.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The diagrams, tables and forms that come with this version. */
@Component
public class ShippedFiles {

    private static final String[] PATTERNS = {
        "classpath*:processes/*.bpmn", "classpath*:processes/*.dmn", "classpath*:forms/*.form"
    };

    /** Contents by name, in its order. */
    public Map<String, byte[]> read() {
        Map<String, byte[]> files = new TreeMap<>();
        PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();
        try {
            for (String pattern : PATTERNS) {
                for (Resource file : resolver.getResources(pattern)) {
                    files.put(String.valueOf(file.getFilename()), file.getContentAsByteArray());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
