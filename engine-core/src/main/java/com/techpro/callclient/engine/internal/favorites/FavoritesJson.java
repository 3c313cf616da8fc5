// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.favorites;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.techpro.callclient.engine.internal.store.StoredDocument;
import com.techpro.callclient.engine.internal.store.StoredDocument.UnreadableException;
import com.techpro.callclient.engine.internal.store.VersionedJson;
import com.techpro.callclient.engine.people.Favorite;
import java.util.ArrayList;
import java.util.List;

/** Favourites as JSON: {@code {"version":1,"favorites":[{"number":"1002","name":"Bob"}]}}. */
final class FavoritesJson implements StoredDocument.Form<List<Favorite>> {
    private static final int VERSION = 1;

    @Override
    public byte[] encode(List<Favorite> favorites) {
        JsonArray array = new JsonArray();
        for (Favorite favorite : favorites) {
            JsonObject one = new JsonObject();
            one.addProperty("number", favorite.number());
            one.addProperty("name", favorite.name());
            array.add(one);
        }
        return VersionedJson.encode(VERSION, document -> document.add("favorites", array));
    }

    @Override
    public List<Favorite> decode(byte[] stored) throws UnreadableException {
        return VersionedJson.decode(stored, VERSION, document -> {
            List<Favorite> favorites = new ArrayList<>();
            for (JsonElement element : document.getAsJsonArray("favorites")) {
                JsonObject one = element.getAsJsonObject();
                favorites.add(new Favorite(
                        one.get("number").getAsString(), one.get("name").getAsString()));
            }
            return favorites;
        });
    }
}
