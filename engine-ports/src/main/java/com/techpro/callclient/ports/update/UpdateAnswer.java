// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.update;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The result of a check for a newer version. */
public sealed interface UpdateAnswer {
    /**
     * There is a newer version.
     *
     * @param version for display
     * @param page the page to read about it or download it, over HTTPS
     * @param notes the release notes as plain text, or null
     */
    record Newer(String version, URI page, @Nullable String notes) implements UpdateAnswer {}

    record UpToDate() implements UpdateAnswer {}

    record Failed(Problem problem) implements UpdateAnswer {}

    /** Why the check failed. */
    enum Problem {
        /** The publisher could not be reached, or not over a secure connection. */
        UNREACHABLE,
        /** The document was not signed by the publisher; its content was ignored. */
        BAD_SIGNATURE,
        /** The document was signed but could not be parsed. */
        MALFORMED,
        /** The host or the organisation has switched the check off. */
        OFF
    }
}
