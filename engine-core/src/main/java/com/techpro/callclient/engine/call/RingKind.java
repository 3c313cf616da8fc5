// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/** How the phone system wants an incoming call to ring (Alert-Info, RFC 3261 §20.4, RFC 7462). */
public enum RingKind {
    /** The phone system does not say, or says it in an unknown way. */
    STANDARD,
    /** A colleague calls. */
    INTERNAL,
    /** Somebody from outside calls. */
    EXTERNAL,
    /** It is urgent. */
    PRIORITY,
    /** The first to fifth of five patterns that an administrator tells apart. */
    DISTINCTIVE_1,
    DISTINCTIVE_2,
    DISTINCTIVE_3,
    DISTINCTIVE_4,
    DISTINCTIVE_5
}
