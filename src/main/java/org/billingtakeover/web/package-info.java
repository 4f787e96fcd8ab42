/** What every page shares: its language, its words, its frame, and what is shown when something went wrong. */
@NullMarked
package org.billingtakeover.web;

import org.jspecify.annotations.NullMarked;
