// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import java.time.Duration;

/**
 * Receives the progress of the first registrations at a phone system, before the rest of the run.
 * Called on the thread that runs {@link SoakRun#execute}.
 */
public interface FirstRegistrations {
    /**
     * The phone system has not answered any user yet.
     *
     * @param limit how long the run waits for it, since the first request
     */
    void awaited(Duration limit);

    /** Somebody is registered, and the run continues. */
    void begun();

    /**
     * Nobody is registered, and the run has ended.
     *
     * @param why the obstacle
     */
    void failed(Obstacle why);

    /**
     * Why nobody is registered.
     *
     * @param code the stable word of the most frequent failure, such as {@code tls-untrusted};
     *     {@code no-answer} if there was no response
     * @param text a sentence with advice; it names no user
     */
    record Obstacle(String code, String text) {}
}
