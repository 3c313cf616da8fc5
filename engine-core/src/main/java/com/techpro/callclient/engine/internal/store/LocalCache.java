// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.store;

import com.techpro.callclient.engine.privacy.TrimmedStorage.Freed;
import java.util.function.Consumer;

/** Copies of what the phone system owns, which give way when the device runs out of space (promise S8). Belongs to the loop. */
@FunctionalInterface
public interface LocalCache {
    /** @param freed hears exactly once, on the loop, what was given up, also if that is nothing */
    void trim(Consumer<Freed> freed);
}
