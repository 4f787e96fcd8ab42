package org.billingtakeover.tables;

import java.util.List;
import java.util.Map;

/**
 * A decision table was asked. Published in the asking transaction.
 *
 * @param version of the table, as the engine counts
 * @param rows the rows that fit
 */
public record TableAnswered(String table, int version, Map<String, Object> inputs, List<Map<String, Object>> rows) {}
