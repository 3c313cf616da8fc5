// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.error;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;

/** The one form of an error, on standard error: {@code callclient COMMAND: what happened. What to do.} */
public final class ErrorLine {
    /** With which a command ends that could not do its work; 1 and 3 are verdicts about what it found. */
    public static final int EXIT = 2;

    private ErrorLine() {}

    /**
     * Prints it.
     *
     * @param what happened, in a sentence or more
     * @param toDo what to do about it; empty where the first says so
     * @return the exit code
     */
    public static int print(CommandSpec command, String what, String toDo) {
        PrintWriter err = command.commandLine().getErr();
        err.println(command.qualifiedName() + ": " + sentence(what) + (toDo.isEmpty() ? "" : " " + sentence(toDo)));
        err.flush();
        return EXIT;
    }

    /** As the other, where the arguments are to blame. */
    public static int print(CommandSpec command, String what) {
        return print(command, what, "See " + command.qualifiedName() + " --help");
    }

    private static String sentence(String text) {
        String line = text.strip().replaceAll("\\s*\\R\\s*", " ");
        return line.isEmpty() || ".!?".indexOf(line.charAt(line.length() - 1)) >= 0 ? line : line + ".";
    }
}
