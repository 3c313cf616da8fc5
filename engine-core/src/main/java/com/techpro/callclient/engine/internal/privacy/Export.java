// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.privacy;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.techpro.callclient.engine.internal.store.StoredName;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Exports everything that the device holds about its user as a readable document (promise R1).
 * Every stored name appears. {@link StoredName} lists the fields that are shown; all others appear
 * without their content, because omitting a field is a smaller mistake than printing a password.
 */
public final class Export {
    static final String WITHHELD = "(kept secret, not shown)";

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .disableHtmlEscaping()
            .create();
    private static final Map<String, StoredName> NAMES = new HashMap<>();

    static {
        for (StoredName name : StoredName.values()) {
            NAMES.put(name.text(), name);
        }
    }

    private Export() {}

    /**
     * Returns the document.
     *
     * @param stored each stored name and its bytes
     * @param policyNote whether an organisation's policy applies
     */
    public static String of(
            Instant now, Collection<SipAccount> accounts, Map<String, byte[]> stored, boolean policyNote) {
        JsonObject document = new JsonObject();
        document.addProperty("what", "Everything that this app holds about you on this device");
        document.addProperty("written", now.toString());
        JsonArray logins = new JsonArray();
        accounts.forEach(account -> logins.add(account(account)));
        document.add("accounts", logins);
        JsonObject values = new JsonObject();
        new TreeMap<>(stored).forEach((name, bytes) -> values.add(name, value(NAMES.get(name), bytes)));
        document.add("stored", values);
        document.addProperty("organisationPolicyApplies", policyNote);
        document.addProperty(
                "elsewhere",
                "Call records and voicemail belong to your phone system; ask its administrator for those.");
        return GSON.toJson(document);
    }

    private static JsonObject account(SipAccount account) {
        JsonObject shown = new JsonObject();
        shown.addProperty("extension", account.user());
        shown.addProperty("phoneSystem", account.domain());
        shown.addProperty("displayName", account.displayName());
        shown.addProperty("loginName", account.authUser());
        shown.addProperty("password", WITHHELD);
        shown.addProperty("transport", account.transport().name());
        return shown;
    }

    /** @param name null if the engine stores nothing under that name */
    private static JsonElement value(@Nullable StoredName name, byte[] bytes) {
        String text = name == null ? null : text(bytes);
        if (name == null || text == null) {
            return withheld(bytes);
        }
        try {
            JsonElement parsed = JsonParser.parseString(text);
            return parsed.isJsonObject() ? shown(name, parsed.getAsJsonObject()) : withheld(bytes);
        } catch (JsonParseException e) {
            return withheld(bytes);
        }
    }

    private static JsonObject shown(StoredName name, JsonObject document) {
        JsonObject shown = new JsonObject();
        document.entrySet()
                .forEach(entry -> shown.add(
                        entry.getKey(),
                        name.shown().contains(entry.getKey()) ? entry.getValue() : new JsonPrimitive(WITHHELD)));
        return shown;
    }

    private static JsonObject withheld(byte[] bytes) {
        JsonObject shown = new JsonObject();
        shown.addProperty("value", WITHHELD);
        shown.addProperty("bytes", bytes.length);
        return shown;
    }

    private static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
