// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.util.Optional;
import org.opentest4j.TestAbortedException;

/**
 * What a test needs of the machine that it runs on. Where it is missing the test is skipped, and that is printed; where nothing may be skipped, as with
 * {@code -Pinterop}, it fails. What an adapter cannot do is declared with {@link Lacks} instead.
 */
public final class Precondition {
    /** The system property that lets nothing be skipped. */
    static final String PROPERTY = "callclient.skipsFail";

    private Precondition() {}

    /** Skips the test that calls this, or fails it. */
    public static void require(boolean available, String what) {
        if (!available) {
            if (Boolean.getBoolean(PROPERTY)) {
                throw new AssertionError(missing(what) + ", and nothing may be skipped here");
            }
            skip(what);
        }
    }

    /** Skips the test that calls this, everywhere: what it lacks no package brings, such as a part of the kernel. */
    public static void skip(String what) {
        String missing = missing(what);
        System.out.println("skipped: " + missing);
        throw new TestAbortedException(missing);
    }

    private static String missing(String what) {
        return caller() + ": no " + what + " on this machine";
    }

    private static String caller() {
        Optional<StackWalker.StackFrame> caller = StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !frame.getClassName().equals(Precondition.class.getName()))
                        .findFirst());
        return caller.map(frame -> frame.getClassName().replaceAll(".*\\.", "") + "." + frame.getMethodName())
                .orElse("a test");
    }
}
