/** The accounts of accounting firms and their clients: who has which subscription, and who pays for it. Knows no other module. */
@NullMarked
package org.billingtakeover.account;

import org.jspecify.annotations.NullMarked;
