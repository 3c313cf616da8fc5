// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.swarm;

import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.FavoritesSnapshot;
import com.techpro.callclient.engine.privacy.StorageStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The favourites of a user that must survive a crash. */
final class StoredFavourites {
    /** For the engine to write or read what it stores. */
    private static final Duration WRITING = Duration.ofSeconds(5);

    private final Map<String, Duration> added = new LinkedHashMap<>();
    private final TreeSet<String> stored = new TreeSet<>();

    void added(String favourite, Duration now) {
        added.put(favourite, now);
    }

    void removed(String favourite) {
        added.remove(favourite);
        stored.remove(favourite);
    }

    /** What was not yet written is lost. */
    void restarted() {
        added.clear();
    }

    void erased() {
        added.clear();
        stored.clear();
    }

    /**
     * Takes a look at the favourites, and says how many are lost.
     *
     * @param up how long the app has been running
     */
    int lost(FavoritesSnapshot seen, Duration up, Duration now) {
        if (seen.storage().state() != StorageStatus.State.STORED) {
            return 0;
        }
        List<String> present = seen.favorites().stream().map(Favorite::number).toList();
        added.forEach((favourite, at) -> {
            if (present.contains(favourite) && now.minus(at).compareTo(WRITING) > 0) {
                stored.add(favourite);
            }
        });
        added.keySet().removeAll(stored);
        return up.compareTo(WRITING) > 0
                ? (int) stored.stream().filter(one -> !present.contains(one)).count()
                : 0;
    }
}
