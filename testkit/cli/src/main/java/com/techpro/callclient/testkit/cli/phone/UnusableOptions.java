// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** The options parse but are unusable; the message says in one line what is wrong. */
final class UnusableOptions extends Exception {
    private static final long serialVersionUID = 1;

    UnusableOptions(String message, @Nullable Exception cause) {
        super(message, cause);
    }

    /** @param option that names the unreadable file */
    static UnusableOptions of(String option, IOException failure) {
        return failure instanceof NoSuchFileException missing
                ? new UnusableOptions(option + ": there is no file " + missing.getFile(), failure)
                : new UnusableOptions(String.valueOf(failure.getMessage()), failure);
    }
}
