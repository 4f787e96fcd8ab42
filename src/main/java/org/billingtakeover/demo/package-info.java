/** What stands in for the outside world on one's own machine: a database, a mailbox, a movable clock and sample clients. */
@NullMarked
package org.billingtakeover.demo;

import org.jspecify.annotations.NullMarked;
