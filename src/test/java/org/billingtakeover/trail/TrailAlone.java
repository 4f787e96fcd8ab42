package org.billingtakeover.trail;

import org.billingtakeover.WithDatabase;
import org.springframework.context.annotation.ComponentScan;

/** The trail as a product of its own; who imports it brings a database and a clock. */
// No stereotype, or else the scan of the whole product would find it.
@WithDatabase
@ComponentScan("org.billingtakeover.trail.jdbc")
public class TrailAlone {}
