// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.presence;

/** What an account tells of its user: RFC 3863 §4.1.4, and the words of RFC 4480 §3.2. */
public enum PresenceStatus {
    AVAILABLE,
    AWAY,
    BUSY,
    ON_THE_PHONE,
    /** Cannot be reached here: the basic status is closed. */
    OFFLINE
}
