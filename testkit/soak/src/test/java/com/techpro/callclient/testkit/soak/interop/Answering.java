// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import java.time.Duration;

/** Something that answers calls over UDP until it is closed. */
interface Answering extends AutoCloseable {
    /** The address to call. */
    String target();

    /** CPU time used so far. */
    Duration cpu();

    /** Waits until no call of an earlier burst is left. */
    default void settle() {}

    @Override
    void close();
}
