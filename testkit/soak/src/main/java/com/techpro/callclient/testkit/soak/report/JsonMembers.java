// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads members of JSON objects that must be there. */
public final class JsonMembers {
    private JsonMembers() {}

    /** @throws JsonParseException if there is none of that name */
    public static JsonElement member(JsonObject json, String name) {
        JsonElement member = json.get(name);
        if (member == null) {
            throw new JsonParseException("there is no " + name);
        }
        return member;
    }

    /** @throws JsonParseException if there is none of that name */
    public static String text(JsonObject json, String name) {
        return member(json, name).getAsString();
    }

    /** Returns all members, which must be texts, in their order. */
    public static Map<String, String> texts(JsonObject json) {
        Map<String, String> texts = new LinkedHashMap<>();
        json.keySet().forEach(name -> texts.put(name, text(json, name)));
        return texts;
    }
}
