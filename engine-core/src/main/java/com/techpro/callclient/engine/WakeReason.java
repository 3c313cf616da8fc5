// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

/** The reason why the platform woke the app. */
public enum WakeReason {
    /** A push arrived: the phone system has a call for this phone (RFC 8599), so the engine waits for one. */
    PUSH,
    /** The platform gives the app some time now and then: waking ends once every account is registered. */
    BACKGROUND_REFRESH
}
