// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.privacy;

import com.techpro.callclient.ports.storage.SecureStoreException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The caches that {@link com.techpro.callclient.engine.privacy.Privacy#trim} freed (promise S8).
 */
public record TrimmedStorage(List<Freed> freed) {
    public TrimmedStorage {
        freed = List.copyOf(freed);
    }

    /** Returns how many entries or recordings of one cache were deleted. */
    public int items(Cache cache) {
        return freed.stream()
                .filter(one -> one.cache() == cache)
                .mapToInt(Freed::items)
                .sum();
    }

    /**
     * The local copies of data that the phone system owns. Data that exists only on this device,
     * such as favourites, is never deleted.
     */
    public enum Cache {
        HISTORY,
        VOICEMAIL_AUDIO
    }

    /**
     * The result for one cache.
     *
     * @param items the number of entries or recordings deleted
     * @param leftover null if they are gone from the store as well, else why they may still be in
     *     it
     */
    public record Freed(Cache cache, int items, SecureStoreException.@Nullable Reason leftover) {}
}
