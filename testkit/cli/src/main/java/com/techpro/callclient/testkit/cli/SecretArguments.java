// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import java.util.regex.Pattern;

/**
 * Refuses arguments that look like a password. Every user of a machine can read every program's
 * arguments, and shells store them. The argument is not repeated in the message.
 */
public final class SecretArguments {
    /** The message printed instead. */
    public static final String REFUSAL =
            "That looks like a password among the arguments, where everybody on this machine can read it. Put it into a file"
                    + " (--users-file) or the environment, and change it if others may have seen it.";

    private static final Pattern OPTION = Pattern.compile(
            "--?(pass(word|wd|phrase)?|pw|pwd|secret|token|credentials?)([=:].*)?", Pattern.CASE_INSENSITIVE);
    /** user:password@host, with or without a scheme. */
    private static final Pattern IN_ADDRESS = Pattern.compile("(?i)(.*=)?(sips?:)?[^:@\\[\\]]+:[^@]+@.*");

    private SecretArguments() {}

    public static boolean amongst(String... arguments) {
        for (String argument : arguments) {
            if (OPTION.matcher(argument).matches()
                    || IN_ADDRESS.matcher(argument).matches()) {
                return true;
            }
        }
        return false;
    }
}
