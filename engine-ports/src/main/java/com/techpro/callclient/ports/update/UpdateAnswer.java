// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.update;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What the publisher says about newer versions. */
public sealed interface UpdateAnswer {
    /**
     * There is one.
     *
     * @param version as people read it
     * @param page where to read about it or get it, over HTTPS
     * @param notes what is new, plain text, or null
     */
    record Newer(String version, URI page, @Nullable String notes) implements UpdateAnswer {}

    record UpToDate() implements UpdateAnswer {}

    record Failed(Problem problem) implements UpdateAnswer {}

    /** Why nobody knows. */
    enum Problem {
        /** The publisher could not be reached, or not securely. */
        UNREACHABLE,
        /** What came was not signed by the publisher: nothing of it was believed. */
        BAD_SIGNATURE,
        /** It was signed and still made no sense. */
        MALFORMED,
        /** The host or the organisation has this switched off. */
        OFF
    }
}
