/** The page on which an office imports its account list. */
@NullMarked
package org.billingtakeover.account.web;

import org.jspecify.annotations.NullMarked;
