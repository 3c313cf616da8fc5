// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.favorites;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.techpro.callclient.engine.Favorite;
import com.techpro.callclient.engine.internal.store.StoredDocument;
import com.techpro.callclient.engine.internal.store.StoredDocument.UnreadableException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Favourites as JSON: {@code {"version":1,"favorites":[{"number":"1002","name":"Bob"}]}}. */
final class FavoritesForm implements StoredDocument.Form<List<Favorite>> {
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
        JsonObject document = new JsonObject();
        document.addProperty("version", VERSION);
        document.add("favorites", array);
        return document.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public List<Favorite> decode(byte[] stored) throws UnreadableException {
        try {
            JsonObject document = JsonParser.parseString(new String(stored, StandardCharsets.UTF_8))
                    .getAsJsonObject();
            if (document.get("version").getAsInt() > VERSION) {
                throw new UnreadableException(Reason.TOO_NEW);
            }
            List<Favorite> favorites = new ArrayList<>();
            for (JsonElement element : document.getAsJsonArray("favorites")) {
                JsonObject one = element.getAsJsonObject();
                favorites.add(new Favorite(
                        one.get("number").getAsString(), one.get("name").getAsString()));
            }
            return favorites;
        } catch (JsonParseException
                | IllegalArgumentException
                | IllegalStateException
                | NullPointerException
                | ClassCastException
                | UnsupportedOperationException e) {
            throw new UnreadableException(Reason.CORRUPT);
        }
    }
}
