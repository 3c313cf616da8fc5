// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.history;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.internal.store.StoredDocument;
import com.techpro.callclient.engine.internal.store.StoredDocument.UnreadableException;
import com.techpro.callclient.engine.internal.store.VersionedJson;
import com.techpro.callclient.engine.people.CallOutcome;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.engine.people.HistoryEntry.CallRecord;
import com.techpro.callclient.engine.people.HistoryEntry.ConferenceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The history as versioned JSON; times are milliseconds since the epoch. Absent values are omitted.
 */
final class HistoryJson implements StoredDocument.Form<HistoryContents> {
    private static final int VERSION = 1;

    @Override
    public byte[] encode(HistoryContents contents) {
        JsonArray calls = new JsonArray();
        JsonArray conferences = new JsonArray();
        for (HistoryEntry entry : contents.entries()) {
            if (entry instanceof CallRecord call) {
                calls.add(call(call));
            } else if (entry instanceof ConferenceRecord conference) {
                conferences.add(conference(conference));
            }
        }
        JsonArray deleted = new JsonArray();
        contents.deleted().forEach(call -> deleted.add(call(call)));
        return VersionedJson.encode(VERSION, document -> {
            document.add("calls", calls);
            document.add("conferences", conferences);
            document.add("deleted", deleted);
            document.add("due", strings(contents.due()));
        });
    }

    @Override
    public HistoryContents decode(byte[] stored) throws UnreadableException {
        return VersionedJson.decode(stored, VERSION, HistoryJson::contents);
    }

    private static HistoryContents contents(JsonObject document) {
        List<HistoryEntry> entries = new ArrayList<>();
        for (JsonElement call : document.getAsJsonArray("calls")) {
            entries.add(call(call.getAsJsonObject()));
        }
        for (JsonElement conference : document.getAsJsonArray("conferences")) {
            entries.add(conference(conference.getAsJsonObject()));
        }
        List<CallRecord> deleted = new ArrayList<>();
        for (JsonElement call : document.getAsJsonArray("deleted")) {
            deleted.add(call(call.getAsJsonObject()));
        }
        HistoryContents read = new HistoryContents(entries, deleted, strings(document.getAsJsonArray("due")));
        return HistoryContents.EMPTY.joinedWith(read);
    }

    private static JsonObject call(CallRecord call) {
        JsonObject json = new JsonObject();
        json.addProperty("id", call.id());
        json.addProperty("direction", call.direction().name());
        json.addProperty("number", call.number());
        put(json, "name", call.name());
        json.addProperty("withheld", call.withheld());
        put(json, "start", call.start());
        put(json, "ringing", call.ringing());
        put(json, "answered", call.answered());
        put(json, "ended", call.ended());
        json.addProperty("duration", call.duration().toMillis());
        json.addProperty("outcome", call.outcome().name());
        put(json, "reason", call.reason());
        put(json, "originallyCalled", call.originallyCalled());
        json.add("remote", strings(call.remoteIds()));
        return json;
    }

    private static CallRecord call(JsonObject json) {
        return new CallRecord(
                json.get("id").getAsString(),
                CallDirection.valueOf(json.get("direction").getAsString()),
                json.get("number").getAsString(),
                string(json, "name"),
                json.get("withheld").getAsBoolean(),
                Instant.ofEpochMilli(json.get("start").getAsLong()),
                instant(json, "ringing"),
                instant(json, "answered"),
                instant(json, "ended"),
                Duration.ofMillis(json.get("duration").getAsLong()),
                CallOutcome.valueOf(json.get("outcome").getAsString()),
                string(json, "reason"),
                string(json, "originallyCalled"),
                strings(json.getAsJsonArray("remote")));
    }

    private static JsonObject conference(ConferenceRecord conference) {
        JsonObject json = new JsonObject();
        json.addProperty("id", conference.id());
        json.addProperty("room", conference.room());
        put(json, "name", conference.name());
        put(json, "joined", conference.start());
        put(json, "left", conference.left());
        return json;
    }

    private static ConferenceRecord conference(JsonObject json) {
        return new ConferenceRecord(
                json.get("id").getAsString(),
                json.get("room").getAsString(),
                string(json, "name"),
                Instant.ofEpochMilli(json.get("joined").getAsLong()),
                instant(json, "left"));
    }

    private static void put(JsonObject json, String name, @Nullable String value) {
        if (value != null) {
            json.addProperty(name, value);
        }
    }

    private static void put(JsonObject json, String name, @Nullable Instant value) {
        if (value != null) {
            json.addProperty(name, value.toEpochMilli());
        }
    }

    private static @Nullable String string(JsonObject json, String name) {
        JsonElement value = json.get(name);
        return value == null ? null : value.getAsString();
    }

    private static @Nullable Instant instant(JsonObject json, String name) {
        JsonElement value = json.get(name);
        return value == null ? null : Instant.ofEpochMilli(value.getAsLong());
    }

    private static JsonArray strings(Collection<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }

    private static Set<String> strings(JsonArray array) {
        Set<String> values = new LinkedHashSet<>();
        array.forEach(value -> values.add(value.getAsString()));
        return values;
    }
}
