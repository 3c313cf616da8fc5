// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.ice;

/** Where an agent stands; see {@link IceAgent}. */
public enum IceState {
    /** The other side's name and password are not known yet. */
    NEW,
    CHECKING,
    /** Each component has its pair. */
    CONNECTED,
    /** The other side has not consented for 30 seconds: nothing may be sent, and only a restart helps (RFC 7675 §5.1). */
    CONSENT_LOST,
    FAILED,
    CLOSED
}
