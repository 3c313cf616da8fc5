// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.error;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The format of all errors, on standard error:
 * {@code callclient COMMAND: what happened. What to do.}
 */
public final class ErrorLine {
    /**
     * The exit code of a command that could not do its work; 1 and 3 are verdicts on what it found.
     */
    public static final int EXIT = 2;

    private ErrorLine() {}

    /**
     * Prints an error.
     *
     * @param what happened, in a sentence or more
     * @param toDo what to do about it; empty if the first text says so
     * @return the exit code
     */
    public static int print(CommandSpec command, String what, String toDo) {
        PrintWriter err = command.commandLine().getErr();
        err.println(command.qualifiedName() + ": " + sentence(what) + (toDo.isEmpty() ? "" : " " + sentence(toDo)));
        err.flush();
        return EXIT;
    }

    /** Prints an error in the arguments. */
    public static int print(CommandSpec command, String what) {
        return print(command, what, "See " + command.qualifiedName() + " --help");
    }

    /**
     * Replaces what a terminal obeys and does not show, in names of files and in foreign text:
     * control characters, and those that change the direction of writing.
     */
    public static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }

    private static String sentence(String text) {
        String line = printable(text.strip().replaceAll("\\s*\\R\\s*", " "));
        return line.isEmpty() || ".!?".indexOf(line.charAt(line.length() - 1)) >= 0 ? line : line + ".";
    }
}
