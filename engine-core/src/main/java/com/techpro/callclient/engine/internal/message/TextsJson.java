// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.message;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.store.StoredDocument;
import com.techpro.callclient.engine.internal.store.StoredDocument.UnreadableException;
import com.techpro.callclient.engine.internal.store.VersionedJson;
import com.techpro.callclient.engine.message.StoredMessage;
import com.techpro.callclient.engine.message.StoredMessage.State;
import com.techpro.callclient.engine.message.TextMessage;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts as versioned JSON; times are milliseconds since the epoch. Absent values are omitted. An
 * unreadable text is counted and skipped.
 */
final class TextsJson implements StoredDocument.Form<TextContents> {
    private static final int VERSION = 1;

    @Override
    public byte[] encode(TextContents contents) {
        JsonArray texts = new JsonArray();
        contents.texts().forEach(text -> texts.add(text(text)));
        return VersionedJson.encode(VERSION, document -> document.add("texts", texts));
    }

    @Override
    public TextContents decode(byte[] stored) throws UnreadableException {
        return VersionedJson.decode(stored, VERSION, TextsJson::contents);
    }

    private static TextContents contents(JsonObject document) {
        List<StoredMessage> texts = new ArrayList<>();
        int damaged = 0;
        for (JsonElement element : document.getAsJsonArray("texts")) {
            StoredMessage text = readable(element);
            if (text == null) {
                damaged++;
            } else {
                texts.add(text);
            }
        }
        return new TextContents(texts, damaged);
    }

    private static @Nullable StoredMessage readable(JsonElement element) {
        try {
            return text(element.getAsJsonObject());
        } catch (IllegalArgumentException
                | IllegalStateException
                | NullPointerException
                | ClassCastException
                | ArithmeticException
                | UnsupportedOperationException
                | DateTimeException e) {
            return null;
        }
    }

    private static JsonObject text(StoredMessage text) {
        JsonObject json = new JsonObject();
        json.addProperty("id", text.id());
        json.addProperty("account", text.account());
        json.addProperty("party", text.party());
        json.addProperty("text", text.text());
        json.addProperty("at", text.at().toEpochMilli());
        json.addProperty("state", text.state().name());
        TextMessage received = text.received();
        if (received != null) {
            json.add("received", received(received));
        }
        return json;
    }

    private static StoredMessage text(JsonObject json) {
        String text = json.get("text").getAsString();
        JsonElement received = json.get("received");
        State state = State.valueOf(json.get("state").getAsString());
        return new StoredMessage(
                json.get("id").getAsString(),
                json.get("account").getAsString(),
                json.get("party").getAsString(),
                text,
                Instant.ofEpochMilli(json.get("at").getAsLong()),
                // Its outcome can no longer be reported.
                state == State.SENDING ? State.FAILED : state,
                received == null ? null : received(received.getAsJsonObject(), text));
    }

    private static JsonObject received(TextMessage message) {
        JsonObject json = new JsonObject();
        json.addProperty("id", message.id());
        PartyIdentity from = message.from();
        if (from.displayName() != null) {
            json.addProperty("name", from.displayName());
        }
        json.addProperty("user", from.user());
        json.addProperty("domain", from.domain());
        json.addProperty("withheld", from.withheld());
        json.addProperty("sent", message.sentAt().toEpochMilli());
        json.addProperty("asksForDelivery", message.asksForDelivery());
        json.addProperty("asksForDisplay", message.asksForDisplay());
        return json;
    }

    private static TextMessage received(JsonObject json, String text) {
        JsonElement name = json.get("name");
        PartyIdentity from = new PartyIdentity(
                name == null ? null : name.getAsString(),
                json.get("user").getAsString(),
                json.get("domain").getAsString(),
                json.get("withheld").getAsBoolean());
        return new TextMessage(
                json.get("id").getAsString(),
                from,
                Caller.of(from),
                text,
                Instant.ofEpochMilli(json.get("sent").getAsLong()),
                json.get("asksForDelivery").getAsBoolean(),
                json.get("asksForDisplay").getAsBoolean());
    }
}
