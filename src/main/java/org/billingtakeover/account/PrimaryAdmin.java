package org.billingtakeover.account;

import java.util.regex.Pattern;

/** The one person at the client who can consent to a billing change. */
public record PrimaryAdmin(String name, String email) {

    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
                    + "@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\\.)+([A-Za-z]{2,}|xn--[A-Za-z0-9-]*[A-Za-z0-9])");
    private static final int LONGEST_ADDRESS = 254;
    private static final int LONGEST_NAME = 200;

    /** Whether mail can be addressed to it; a domain with accents is written as mail servers know it. */
    public static boolean isAddress(String text) {
        return text.length() <= LONGEST_ADDRESS && ADDRESS.matcher(text).matches();
    }

    /** Whether both can be used: a name that a person can read, and an address. */
    public boolean isUsable() {
        return name.length() <= LONGEST_NAME && name.codePoints().anyMatch(Character::isLetter) && isAddress(email);
    }
}
