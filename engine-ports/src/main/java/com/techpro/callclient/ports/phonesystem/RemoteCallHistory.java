// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The phone system's own call log, which it owns (promise S7). Methods block; the engine calls them
 * on a worker.
 */
public interface RemoteCallHistory {
    /**
     * Returns the calls, the newest first.
     *
     * @param limit the maximum number of calls
     */
    List<RemoteCall> recent(int limit) throws IOException;

    /** Returns whether {@link #delete} is supported. */
    boolean deletable();

    /** @throws UnsupportedOperationException unless {@link #deletable} */
    void delete(String id) throws IOException;

    /**
     * Sets a callback that is called, on any thread, when the log may have changed. Null removes
     * it, and it ends when the session has logged out. Does not block. The callback is never called
     * if the phone system does not report changes.
     */
    default void watch(@Nullable Runnable changed) {}

    /**
     * One call as the phone system recorded it. Prints without personal data.
     *
     * @param id the phone system's own id of the call
     * @param number the other side, or null if it was withheld
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
