// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.presence;

/** The state that a busy lamp shows. */
public enum LampState {
    /**
     * Not known: nothing has been reported yet, the connection is lost, or the report cannot be
     * parsed.
     */
    UNKNOWN,
    IDLE,
    /** The extension is ringing; see {@link BusyLampSnapshot#party}. */
    RINGING,
    /** The extension has a call: talking, on hold, or dialling. */
    TALKING,
    /** No phone of the extension can be reached. */
    OFFLINE,
    /** The phone system does not permit this account to watch it (403). */
    FORBIDDEN,
    /** The phone system has no such extension (404). */
    NOT_FOUND,
    /** The phone system reports neither calls nor presence (489). */
    UNSUPPORTED,
    /** The organisation has switched presence off (promise O1). */
    SWITCHED_OFF,
    /** The lamp was closed, or its account was removed. */
    CLOSED;

    /**
     * Returns whether this state is final: it does not change until the extension is watched anew.
     */
    public boolean isLasting() {
        return this == FORBIDDEN || this == NOT_FOUND || this == UNSUPPORTED || this == SWITCHED_OFF || this == CLOSED;
    }
}
