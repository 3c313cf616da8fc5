// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.app.Activity;

/** The app's own words on why it asks, shown before Android's question to a user who has denied it once. */
@FunctionalInterface
public interface PermissionRationale {
    /**
     * Shows the text of that key. On the main thread.
     *
     * @param proceed to be run when the user has read it, also if the user went away from it; Android's question follows
     */
    void show(Activity activity, String reasonKey, Runnable proceed);
}
