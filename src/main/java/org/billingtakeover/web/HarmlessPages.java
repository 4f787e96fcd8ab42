package org.billingtakeover.web;

import java.util.Arrays;
import java.util.Set;
import org.billingtakeover.kernel.HarmlessText;
import org.springframework.stereotype.Component;
import org.thymeleaf.dialect.AbstractDialect;
import org.thymeleaf.dialect.IPostProcessorDialect;
import org.thymeleaf.engine.AbstractTemplateHandler;
import org.thymeleaf.model.IModelFactory;
import org.thymeleaf.model.IOpenElementTag;
import org.thymeleaf.model.IProcessableElementTag;
import org.thymeleaf.model.IStandaloneElementTag;
import org.thymeleaf.model.IText;
import org.thymeleaf.postprocessor.IPostProcessor;
import org.thymeleaf.postprocessor.PostProcessor;
import org.thymeleaf.templatemode.TemplateMode;

/** Whatever a page or a paper says is {@link HarmlessText}, whoever wrote it and wherever it stands. */
@Component
class HarmlessPages extends AbstractDialect implements IPostProcessorDialect {

    /** After everything that writes. */
    private static final int LAST = 10_000;

    HarmlessPages() {
        super("harmless");
    }

    @Override
    public int getDialectPostProcessorPrecedence() {
        return LAST;
    }

    @Override
    public Set<IPostProcessor> getPostProcessors() {
        return Set.of(new PostProcessor(TemplateMode.HTML, Harmless.class, LAST));
    }

    /** Made by Thymeleaf for each page. */
    public static final class Harmless extends AbstractTemplateHandler {

        @Override
        public void handleText(IText text) {
            String written = text.getText();
            super.handleText(HarmlessText.isHarmless(written) ? text : factory().createText(HarmlessText.of(written)));
        }

        @Override
        public void handleOpenElement(IOpenElementTag tag) {
            super.handleOpenElement(harmless(tag));
        }

        @Override
        public void handleStandaloneElement(IStandaloneElementTag tag) {
            super.handleStandaloneElement(harmless(tag));
        }

        private <T extends IProcessableElementTag> T harmless(T tag) {
            T result = tag;
            for (var attribute : Arrays.asList(tag.getAllAttributes())) {
                String value = attribute.getValue();
                if (value != null && !HarmlessText.isHarmless(value)) {
                    result = factory()
                            .setAttribute(result, attribute.getAttributeCompleteName(), HarmlessText.of(value));
                }
            }
            return result;
        }

        private IModelFactory factory() {
            return getContext().getModelFactory();
        }
    }
}
