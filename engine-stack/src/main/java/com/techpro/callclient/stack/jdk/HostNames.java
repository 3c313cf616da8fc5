// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.jdk;

import java.util.regex.Pattern;

/** Distinguishes addresses, names and invalid text before a resolver is asked. */
final class HostNames {
    private static final int LONGEST_NAME = 253;
    private static final Pattern IPV4 =
            Pattern.compile("(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:%[A-Za-z0-9_.-]+)?");
    // Underscores are for service names such as _sips._tcp.
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,62}(?:\\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*\\.?");
    // The JDK accepts 10.1 as an address (inet_aton); no host name ends in a number (RFC 1123
    // §2.1).
    private static final Pattern NUMERIC_END = Pattern.compile("(?:.*\\.)?\\d+\\.?");

    private HostNames() {}

    static boolean isLiteral(String text) {
        return text.indexOf(':') >= 0
                ? IPV6.matcher(text).matches()
                : IPV4.matcher(text).matches();
    }

    static boolean isName(String text) {
        return text.length() <= LONGEST_NAME
                && NAME.matcher(text).matches()
                && !NUMERIC_END.matcher(text).matches();
    }
}
