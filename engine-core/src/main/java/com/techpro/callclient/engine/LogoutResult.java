// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.ports.storage.SecureStoreException;
import org.jspecify.annotations.Nullable;

/**
 * The result of logging out.
 *
 * @param unregistered whether the registrar confirmed that it will send no more calls here; if not, its registration
 *     expires by itself
 * @param leftover null if the device's store was seen to be empty; otherwise why something may be left in it. Log out
 *     again to try again
 */
public record LogoutResult(boolean unregistered, SecureStoreException.@Nullable Reason leftover) {}
