// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import java.time.Duration;

/**
 * Is told how the first registrations at a phone system come along, before anything else is asked of it. Of the thread that runs
 * {@link SoakRun#execute}.
 */
public interface FirstRegistrations {
    /**
     * The phone system has not answered anybody yet.
     *
     * @param limit how long the run waits for it, since the first was sent
     */
    void awaited(Duration limit);

    /** Somebody is registered, and the run goes on. */
    void begun();

    /**
     * Nobody is registered, and the run is over.
     *
     * @param why what is in the way
     */
    void failed(Obstacle why);

    /**
     * Why nobody is registered.
     *
     * @param code the stable word of what most of them failed by, such as {@code tls-untrusted}; {@code no-answer} where nobody was told anything
     * @param text in a sentence, with what to do about it; it names nobody
     */
    record Obstacle(String code, String text) {}
}
