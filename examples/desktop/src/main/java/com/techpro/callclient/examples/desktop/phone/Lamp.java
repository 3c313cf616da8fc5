// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import com.techpro.callclient.engine.presence.BusyLampSnapshot;
import com.techpro.callclient.engine.presence.LampState;

/** The colours of a busy lamp on the screen. */
public enum Lamp {
    FREE,
    RINGING,
    BUSY,
    /** The state is unknown, or nobody is there. */
    DARK;

    static Lamp of(LampState state) {
        return switch (state) {
            case IDLE -> FREE;
            case RINGING -> RINGING;
            case TALKING -> BUSY;
            default -> DARK;
        };
    }

    /** Returns the lamp's meaning as text. */
    static String words(BusyLampSnapshot lamp) {
        return switch (lamp.state()) {
            case UNKNOWN -> "Not known yet";
            case IDLE -> "Available";
            case RINGING -> lamp.caller() == null ? "Ringing" : "Ringing: call from " + Words.name(lamp.caller());
            case TALKING -> "In a call";
            case OFFLINE -> "Offline";
            case FORBIDDEN -> "You may not watch this extension";
            case NOT_FOUND -> "No such extension";
            case UNSUPPORTED -> "The phone system has no busy lamps";
            case SWITCHED_OFF -> "Your organisation has switched busy lamps off";
            case CLOSED -> "Not watched";
        };
    }
}
