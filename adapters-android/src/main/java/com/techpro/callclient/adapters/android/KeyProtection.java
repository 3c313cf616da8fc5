// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How Android's Keystore protects the key that wraps the vault's key. It applies when the store is
 * first written; later choices do not change an existing key.
 *
 * @param strongBox whether the key is in a separate chip if the device has one; it is slower
 * @param afterUserAuthentication how long the key may be used after the user unlocked the device or
 *     showed a fingerprint; null for as long as the app runs. With it a push that wakes the app at
 *     night finds the store {@code LOCKED}
 */
public record KeyProtection(boolean strongBox, @Nullable Duration afterUserAuthentication) {
    /** StrongBox if available, without user authentication. */
    public static final KeyProtection STANDARD = new KeyProtection(true, null);

    public KeyProtection {
        if (afterUserAuthentication != null
                && (afterUserAuthentication.getSeconds() < 1 || afterUserAuthentication.toDays() > 365)) {
            throw new IllegalArgumentException("a key is usable for a second to a year after the user authenticated");
        }
    }
}
