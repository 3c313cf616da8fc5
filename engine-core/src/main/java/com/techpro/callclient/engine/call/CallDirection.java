// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/** The direction of a call. */
public enum CallDirection {
    OUTGOING,
    INCOMING
}
