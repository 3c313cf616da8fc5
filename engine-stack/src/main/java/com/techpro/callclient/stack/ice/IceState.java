// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

/** The state of an agent; see {@link IceAgent}. */
public enum IceState {
    /** The other side's credentials are not known yet. */
    NEW,
    CHECKING,
    /** Each component has its pair. */
    CONNECTED,
    /** No consent for 30 seconds: nothing may be sent, and only a restart helps (RFC 7675 §5.1). */
    CONSENT_LOST,
    FAILED,
    CLOSED
}
