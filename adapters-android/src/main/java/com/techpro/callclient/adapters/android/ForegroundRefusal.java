// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

/**
 * Why Android refuses a foreground service. Its purpose continues without, as long as Android lets
 * the app run at all.
 */
public enum ForegroundRefusal {
    /**
     * The app was in the background. From API 31 on Android starts no service from there, except
     * for a few reasons such as a high-priority push.
     */
    IN_BACKGROUND,
    /** The manifest, or the user, does not grant the permissions of its type. */
    NOT_PERMITTED
}
