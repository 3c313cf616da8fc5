// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

/** Why the app runs for a moment. */
public enum WakeReason {
    /** A push came: the phone system has a call for this phone (RFC 8599), so one is waited for. */
    PUSH,
    /** The platform gives the app some time now and then: once every account is registered, that is over. */
    BACKGROUND_REFRESH
}
