// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.presence;

/** Hears of a busy lamp, on the host's executor, in the order of events. */
@FunctionalInterface
public interface BusyLampListener {
    /** Told once for each change. */
    void lampChanged(BusyLamp lamp, BusyLampSnapshot after);
}
