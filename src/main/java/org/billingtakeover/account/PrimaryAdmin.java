package org.billingtakeover.account;

/** The one person at the client who can consent to a billing change. */
public record PrimaryAdmin(String name, String email) {}
