// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.privacy;

import com.techpro.callclient.ports.storage.SecureStoreException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link com.techpro.callclient.engine.CallClient#trimStorage} gave back (promise S8), cache by cache. */
public record TrimmedStorage(List<Freed> freed) {
    public TrimmedStorage {
        freed = List.copyOf(freed);
    }

    /** How many entries or recordings of one cache were given up. */
    public int items(Cache cache) {
        return freed.stream()
                .filter(one -> one.cache() == cache)
                .mapToInt(Freed::items)
                .sum();
    }

    /** Local copies of what the phone system owns. What only this device has, such as favourites, is never given up. */
    public enum Cache {
        HISTORY,
        VOICEMAIL_AUDIO
    }

    /**
     * What one cache gave up.
     *
     * @param items entries or recordings
     * @param leftover null if they are gone from the store as well, or why they may still be in it
     */
    public record Freed(Cache cache, int items, SecureStoreException.@Nullable Reason leftover) {}
}
