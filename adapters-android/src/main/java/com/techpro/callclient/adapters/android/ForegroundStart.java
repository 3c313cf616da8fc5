// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import org.jspecify.annotations.Nullable;

/** Converts Android's refusals of a foreground service from exceptions to values. */
final class ForegroundStart {
    private ForegroundStart() {}

    /** Null if Android let it start. */
    static @Nullable ForegroundRefusal attempt(Runnable start) {
        try {
            start.run();
            return null;
        } catch (SecurityException e) {
            return ForegroundRefusal.NOT_PERMITTED;
        } catch (IllegalStateException e) {
            return ForegroundRefusal.IN_BACKGROUND; // ForegroundServiceStartNotAllowedException is one, from API 31 on
        }
    }
}
