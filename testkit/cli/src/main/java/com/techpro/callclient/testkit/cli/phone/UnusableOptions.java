// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** The options parse, but nothing can be done with them; the message says what is wrong in a line. */
final class UnusableOptions extends Exception {
    private static final long serialVersionUID = 1;

    UnusableOptions(String message, @Nullable Exception cause) {
        super(message, cause);
    }

    /** @param option that names the file which could not be read */
    static UnusableOptions of(String option, IOException failure) {
        return failure instanceof NoSuchFileException missing
                ? new UnusableOptions(option + ": there is no file " + missing.getFile(), failure)
                : new UnusableOptions(String.valueOf(failure.getMessage()), failure);
    }
}
