// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.tone;

/** Why a ring or a tone is not heard as it was set. No call fails for it. */
public enum ToneProblem {
    /** The ring file is not there, or cannot be read; the standard ring is used. */
    RING_FILE_UNREADABLE,
    /** The ring file is no recording that can be played; the standard ring is used. */
    RING_FILE_UNPLAYABLE,
    /** Neither the chosen device nor the default one can be opened; a ring goes on trying. */
    NO_SPEAKER
}
