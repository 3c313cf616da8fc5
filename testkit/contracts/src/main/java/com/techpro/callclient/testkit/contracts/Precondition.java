// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.util.Optional;
import org.opentest4j.TestAbortedException;

/**
 * Checks what a test needs on its machine. If it is missing, the test is skipped and that is
 * printed. Where nothing may be skipped, as with {@code -Pinterop}, the test fails. For missing
 * capabilities of an adapter use {@link Lacks} instead.
 */
public final class Precondition {
    /** The system property that forbids skips. */
    static final String PROPERTY = "callclient.skipsFail";

    private Precondition() {}

    /** Skips the calling test if this is missing, or fails it. */
    public static void require(boolean available, String what) {
        if (!available) {
            if (Boolean.getBoolean(PROPERTY)) {
                throw new AssertionError(missing(what) + ", and nothing may be skipped here");
            }
            skip(what);
        }
    }

    /**
     * Skips the calling test even where skips are forbidden: no package provides what it lacks,
     * such as a part of the kernel.
     */
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
