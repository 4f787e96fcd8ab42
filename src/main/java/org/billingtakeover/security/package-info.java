/** Who may come in and what they may do: identities, sign-in, rights in the engine, and settings without which nothing starts. */
@NullMarked
package org.billingtakeover.security;

import org.jspecify.annotations.NullMarked;
