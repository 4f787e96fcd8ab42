package org.billingtakeover.trail;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Lets the seals be written. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class Schedule {}
