// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

/** Why Android does not let a foreground service run. What it was for goes on without, as long as Android lets the app run at all. */
public enum ForegroundRefusal {
    /** The app was in the background: from API 31 on Android starts none from there, but for a few reasons such as a push of high priority. */
    IN_BACKGROUND,
    /** The manifest, or the user, does not give the permissions that its kind needs. */
    NOT_PERMITTED
}
