// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** An invalid argument; the message says what is valid. */
final class BadArgument extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadArgument(String message) {
        super(message);
    }

    /** Returns what is wrong with a file; the file system's exceptions contain only its name. */
    static String reason(Exception failure) {
        String said = failure.getMessage();
        if (failure instanceof NoSuchFileException) {
            return "there is no " + said;
        }
        if (failure instanceof AccessDeniedException) {
            return "access to " + said + " is denied";
        }
        return said == null ? failure.getClass().getSimpleName() : said;
    }
}
