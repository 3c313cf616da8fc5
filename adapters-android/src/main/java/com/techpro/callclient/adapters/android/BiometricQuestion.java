// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.app.Activity;

/** An open prompt for a finger or face. On the main thread. */
interface BiometricQuestion {
    /**
     * Removes it from the screen. Android's callbacks come later, when the attempt already has its
     * answer.
     */
    void close();

    /** Whether stopping this activity hides it, even if another activity replaces it. */
    boolean endsWith(Activity stopped);
}
