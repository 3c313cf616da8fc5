// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.privacy;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts everything the device holds about its user into a document that he can read (promise R1). Every stored name appears. A value that is
 * a secret, or that is not the readable kind, appears as what it is and not with its content: leaving a field out is a smaller wrong than
 * printing a password.
 */
public final class Export {
    static final String WITHHELD = "(kept secret, not shown)";

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .serializeNulls()
            .disableHtmlEscaping()
            .create();
    /** Wherever they stand in a stored document. */
    private static final Set<String> SECRET_WORDS =
            Set.of("password", "passwd", "secret", "token", "ha1", "hash", "salt", "key", "credential", "pin");

    private Export() {}

    /**
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
        new TreeMap<>(stored)
                .forEach((name, bytes) -> values.add(name, isSecret(name) ? withheld(bytes) : value(bytes)));
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

    private static JsonElement value(byte[] bytes) {
        String text = text(bytes);
        if (text == null) {
            return withheld(bytes);
        }
        try {
            JsonElement parsed = JsonParser.parseString(text);
            // Text that is not JSON is read as a string here and there; only documents say what their parts are.
            return parsed.isJsonObject() || parsed.isJsonArray() ? withoutSecrets(parsed) : withheld(bytes);
        } catch (JsonParseException e) {
            return withheld(bytes);
        }
    }

    private static JsonElement withoutSecrets(JsonElement element) {
        if (element.isJsonArray()) {
            JsonArray copy = new JsonArray();
            element.getAsJsonArray().forEach(each -> copy.add(withoutSecrets(each)));
            return copy;
        }
        if (element.isJsonObject()) {
            JsonObject copy = new JsonObject();
            element.getAsJsonObject()
                    .entrySet()
                    .forEach(entry -> copy.add(
                            entry.getKey(),
                            isSecret(entry.getKey()) && !(entry.getValue() instanceof JsonNull)
                                    ? new JsonPrimitive(WITHHELD)
                                    : withoutSecrets(entry.getValue())));
            return copy;
        }
        return element;
    }

    private static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return SECRET_WORDS.stream().anyMatch(lower::contains);
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
