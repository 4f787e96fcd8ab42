package org.billingtakeover.lists;

import java.time.LocalDate;

/**
 * What whoever imports a list says of it.
 *
 * @param asOf the day on which it was exported, local date of the firm
 * @param whole whether it names every client of the firm
 */
public record Claim(LocalDate asOf, boolean whole) {}
