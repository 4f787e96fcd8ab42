package org.billingtakeover.demo;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the demo.
 *
 * @param dataFolder holds everything that the demo keeps; deleting it while the product is stopped begins anew
 */
@ConfigurationProperties("back-office.demo")
record DemoSettings(@DefaultValue(".data") Path dataFolder) {}
