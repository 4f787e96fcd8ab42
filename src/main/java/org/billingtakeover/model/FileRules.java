package org.billingtakeover.model;

/** Something that has to hold for diagrams, tables and forms before they come into force. */
public interface FileRules {

    /** @param files of which each can be read */
    void check(ProcessFiles files, Faults faults);
}
