/** The pages of auditors; nothing on them changes anything. */
@NullMarked
package org.billingtakeover.audit.web;

import org.jspecify.annotations.NullMarked;
