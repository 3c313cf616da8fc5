// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.app.Activity;

/** A question for a finger or a face that is open. On the main thread. */
interface BiometricQuestion {
    /** Takes it off the screen. What Android says of that comes later, when the attempt has its answer. */
    void close();

    /** Whether it cannot be seen any more once this activity is stopped, also if another one comes in its place. */
    boolean endsWith(Activity stopped);
}
