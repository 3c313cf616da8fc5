// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import java.time.Duration;

/** Answers calls over UDP until it is closed. */
interface Answerer extends AutoCloseable {
    String name();

    /** The URI to call. */
    String target();

    /** CPU time used so far. */
    Duration cpu();

    /** Its process. */
    long pid();

    /** Waits until no call of an earlier burst is left. */
    void settle();

    @Override
    void close();
}
