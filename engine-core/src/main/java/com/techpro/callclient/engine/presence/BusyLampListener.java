// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.presence;

/** Receives the changes of a busy lamp, on the callbacks' executor, in the order of events. */
@FunctionalInterface
public interface BusyLampListener {
    /** Called once for each change. */
    void lampChanged(BusyLamp lamp, BusyLampSnapshot after);
}
