// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.tone;

/** Why a ring or a tone is not played as configured. It never makes a call fail. */
public enum ToneProblem {
    /** The ring file does not exist or cannot be read; the standard ring is used. */
    RING_FILE_UNREADABLE,
    /** The ring file is not a playable recording; the standard ring is used. */
    RING_FILE_UNPLAYABLE,
    /**
     * Neither the chosen device nor the default one can be opened; the engine keeps retrying for a
     * ring.
     */
    NO_SPEAKER
}
