/** The engine's jobs and deployments where several nodes share them. */
@NullMarked
package org.billingtakeover.nodes.process;

import org.jspecify.annotations.NullMarked;
