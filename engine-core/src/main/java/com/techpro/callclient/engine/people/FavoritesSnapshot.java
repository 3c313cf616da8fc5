// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.people;

import com.techpro.callclient.engine.presence.BusyLampSnapshot;
import com.techpro.callclient.engine.privacy.StorageStatus;
import java.util.List;
import java.util.Map;

/**
 * The favourites at one moment, in the user's order. Prints without personal data.
 *
 * @param lamps the busy lamps of the favourites that are watched, by number; empty without
 *     {@link Favorites#showLamps}
 */
public record FavoritesSnapshot(List<Favorite> favorites, StorageStatus storage, Map<String, BusyLampSnapshot> lamps) {
    public FavoritesSnapshot {
        favorites = List.copyOf(favorites);
        lamps = Map.copyOf(lamps);
    }

    @Override
    public String toString() {
        return "FavoritesSnapshot[" + favorites.size() + " favorites, " + storage + ", " + lamps.size() + " lamps]";
    }
}
