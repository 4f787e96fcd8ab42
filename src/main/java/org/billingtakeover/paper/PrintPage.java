package org.billingtakeover.paper;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder.PdfAConformance;
import com.openhtmltopdf.svgsupport.BatikSVGDrawer;
import com.openhtmltopdf.util.XRLog;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.stereotype.Component;

/** Prints a page as PDF/A with tags: fonts, colours and structure are in it. */
@Component
public class PrintPage {

    private static final String FONT = "DejaVu";

    public PrintPage() {
        XRLog.setLoggingEnabled(false);
    }

    /** @param page well-formed XHTML that asks for the font {@code DejaVu} and for nothing from elsewhere */
    public byte[] asPdf(String page) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new PdfRendererBuilder()
                .usePdfAConformance(PdfAConformance.PDFA_2_A)
                .usePdfUaAccessibility(true)
                .useColorProfile(ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData())
                .useFont(() -> font("DejaVuSansCondensed.ttf"), FONT, 400, FontStyle.NORMAL, true)
                .useFont(() -> font("DejaVuSansCondensed-Bold.ttf"), FONT, 700, FontStyle.NORMAL, true)
                .useSVGDrawer(new BatikSVGDrawer())
                .withHtmlContent(page, null)
                .toStream(bytes)
                .run();
        return bytes.toByteArray();
    }

    private static InputStream font(String name) {
        InputStream font = PrintPage.class.getResourceAsStream("/fonts/" + name);
        if (font == null) {
            throw new UncheckedIOException(new IOException("The font " + name + " is missing"));
        }
        return font;
    }
}
