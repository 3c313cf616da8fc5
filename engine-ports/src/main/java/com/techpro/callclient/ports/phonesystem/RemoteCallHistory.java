// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The phone system's own call log; it is its owner (promise S7). Methods block; the engine calls them on a worker. */
public interface RemoteCallHistory {
    /**
     * The newest calls first.
     *
     * @param limit how many at most
     */
    List<RemoteCall> recent(int limit) throws IOException;

    /** Whether {@link #delete} can do anything. */
    boolean deletable();

    /** @throws UnsupportedOperationException unless {@link #deletable} */
    void delete(String id) throws IOException;

    /**
     * Hears, from any thread, that the log may have changed, until null is given or the session has logged out. Does not block. Where the phone
     * system tells of no changes, nothing is heard.
     */
    default void watch(@Nullable Runnable changed) {}

    /**
     * One call as the phone system recorded it. Prints without personal data.
     *
     * @param id the phone system's own name for it
     * @param number the other side, or null where it was withheld
     * @param answered whether it was answered
     */
    record RemoteCall(
            String id,
            boolean incoming,
            @Nullable String number,
            @Nullable String name,
            Instant start,
            boolean answered,
            Duration duration) {
        @Override
        public String toString() {
            return "RemoteCall[redacted]";
        }
    }
}
