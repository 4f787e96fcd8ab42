/** The pages of a firm's clients and of one case. */
@NullMarked
package org.billingtakeover.takeover.web;

import org.jspecify.annotations.NullMarked;
