package org.billingtakeover.model;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.billingtakeover.Chromium;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Draws diagrams as Camunda Modeler shows them: with its own drawing library, in a Chromium without a window. */
final class DiagramPictures implements AutoCloseable {

    private static final String VIEWER =
            "classpath*:META-INF/resources/webjars/bpmn-js/*/dist/bpmn-viewer.production.min.js";
    private static final Pattern SVG = Pattern.compile("(?s)<svg [^>]*viewBox=\"([^\"]*)\"[^>]*>(.*)</svg>");
    /** Invisible shapes that only catch the mouse. */
    private static final Pattern MOUSE_TRAP = Pattern.compile("<[a-z]+ [^>]*class=\"djs-(hit|outline)[^>]*/>");
    /** A name that is another one in each drawing of the same diagram. */
    private static final Pattern DRAWING = Pattern.compile("-[a-z0-9]{25}(?=[\"'])");

    private final Chromium chromium = new Chromium();
    private final Page page = chromium.page("en-CA");

    DiagramPictures() {
        page.setContent("<!doctype html><div id='canvas' style='width:3000px;height:2000px'></div>");
        page.addScriptTag(new Page.AddScriptTagOptions().setContent(viewer()));
    }

    Picture draw(String diagram) {
        Object drawn = page.evaluate("""
                async diagram => {
                  const viewer = new BpmnJS({ container: '#canvas' });
                  await viewer.importXML(diagram);
                  const { svg } = await viewer.saveSVG();
                  viewer.destroy();
                  return svg;
                }
                """, diagram);
        Matcher svg = SVG.matcher(drawn.toString());
        if (!svg.find()) {
            throw new IllegalStateException("The drawing library answered with no picture: " + drawn);
        }
        String[] box = svg.group(1).split(" ");
        String body = MOUSE_TRAP.matcher(svg.group(2)).replaceAll("");
        return new Picture(
                Double.parseDouble(box[0]),
                Double.parseDouble(box[1]),
                Double.parseDouble(box[2]),
                Double.parseDouble(box[3]),
                DRAWING.matcher(body).replaceAll("").replace("<g class=\"djs-group\">", "\n<g class=\"djs-group\">"));
    }

    @Override
    public void close() {
        chromium.close();
    }

    private static String viewer() {
        try {
            Resource[] found = new PathMatchingResourcePatternResolver().getResources(VIEWER);
            return found[0].getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
