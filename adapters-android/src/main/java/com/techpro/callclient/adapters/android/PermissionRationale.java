// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.app.Activity;

/**
 * The app's own explanation of a request, shown before Android's prompt to a user who has denied it
 * once.
 */
@FunctionalInterface
public interface PermissionRationale {
    /**
     * Shows the text of that key. On the main thread.
     *
     * @param proceed run it when the user has read the text or left it; Android's prompt follows
     */
    void show(Activity activity, String reasonKey, Runnable proceed);
}
