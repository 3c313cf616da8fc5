// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.people;

import com.techpro.callclient.engine.privacy.StorageStatus;
import java.util.List;

/** The favourites at one moment, in the user's order. */
public record FavoritesSnapshot(List<Favorite> favorites, StorageStatus storage) {
    public FavoritesSnapshot {
        favorites = List.copyOf(favorites);
    }
}
