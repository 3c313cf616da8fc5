// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.store;

import com.techpro.callclient.engine.privacy.TrimmedStorage.Freed;
import java.util.function.Consumer;

/**
 * Copies of data that the phone system owns, deleted when the device runs out of space (promise
 * S8). Belongs to the loop.
 */
@FunctionalInterface
public interface LocalCache {
    /**
     * @param freed called exactly once, on the loop, with what was deleted, even if that is nothing
     */
    void trim(Consumer<Freed> freed);
}
