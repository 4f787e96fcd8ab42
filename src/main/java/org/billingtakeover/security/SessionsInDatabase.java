package org.billingtakeover.security;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.core.serializer.support.SerializingConverter;

/** Who is signed in, is so at every node. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class SessionsInDatabase {

    private static final Logger LOG = LoggerFactory.getLogger(SessionsInDatabase.class);

    /** What sessions hold, and nothing that does something while it is read. */
    private static final ObjectInputFilter HELD = ObjectInputFilter.Config.createFilter(
            "maxdepth=20;maxrefs=10000;java.lang.*;java.util.**;java.time.*;java.net.URL;java.net.URI;"
                    + "org.billingtakeover.**;org.springframework.security.**;org.springframework.web.servlet.FlashMap;"
                    + "org.springframework.util.LinkedMultiValueMap;org.springframework.util.MultiValueMapAdapter;"
                    + "org.camunda.bpm.webapp.impl.security.auth.*;!*");

    /** What a node of another version wrote and this one cannot read is as if it were not there: whoever it was signs in again. */
    @Bean
    ConversionService springSessionConversionService() {
        GenericConversionService conversions = new GenericConversionService();
        conversions.addConverter(Object.class, byte[].class, new SerializingConverter());
        conversions.addConverter(byte[].class, Object.class, SessionsInDatabase::read);
        return conversions;
    }

    private static @Nullable Object read(byte[] stored) {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(stored))) {
            in.setObjectInputFilter(HELD);
            return in.readObject();
        } catch (IOException | ClassNotFoundException | RuntimeException e) {
            LOG.warn("A part of a session cannot be read: {}", e.toString());
            return null;
        }
    }
}
