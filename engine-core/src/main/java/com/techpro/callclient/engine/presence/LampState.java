// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.presence;

/** What a busy lamp shows. */
public enum LampState {
    /** Not known, or not any more: nothing has been told yet, the connection is lost, or what was told cannot be read. */
    UNKNOWN,
    IDLE,
    /** It rings there; see {@link BusyLampSnapshot#party}. */
    RINGING,
    /** There is a call: it talks, holds, or dials. */
    TALKING,
    /** No phone of the extension can be reached. */
    OFFLINE,
    /** The phone system does not let this account watch it (403). */
    FORBIDDEN,
    /** The phone system has no such extension (404). */
    NOT_FOUND,
    /** The phone system tells neither of calls nor of presence (489). */
    UNSUPPORTED,
    /** The organisation has switched presence off (promise O1). */
    SWITCHED_OFF,
    /** It was closed, or its account was removed. */
    CLOSED;

    /** Whether it stays so until it is watched anew. */
    public boolean isLasting() {
        return this == FORBIDDEN || this == NOT_FOUND || this == UNSUPPORTED || this == SWITCHED_OFF || this == CLOSED;
    }
}
