// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.presence;

/**
 * The status that an account publishes for its user: RFC 3863 §4.1.4, with the activities of RFC
 * 4480 §3.2.
 */
public enum PresenceStatus {
    AVAILABLE,
    AWAY,
    BUSY,
    ON_THE_PHONE,
    /** Not reachable here: the basic status is closed. */
    OFFLINE
}
