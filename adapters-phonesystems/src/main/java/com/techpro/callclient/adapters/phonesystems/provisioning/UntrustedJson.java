// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object from a server, whose content is not trusted. A value is null if it is missing, of
 * another type, or has control characters. The parser bounds the depth; the caller bounds the size.
 */
public final class UntrustedJson {
    private static final int LONGEST = 4096;
    private static final int MOST = 10_000;

    private final JsonObject object;

    private UntrustedJson(JsonObject object) {
        this.object = object;
    }

    /**
     * @throws LoginRefusedException if it is no JSON object, so that the server is no phone system
     */
    public static UntrustedJson parse(byte[] text) throws LoginRefusedException {
        UntrustedJson parsed = parseOrNull(new String(text, StandardCharsets.UTF_8));
        if (parsed == null) {
            throw new LoginRefusedException(Reason.NOT_A_PHONE_SYSTEM);
        }
        return parsed;
    }

    /** Parses a document that is a list, and returns its objects. */
    public static List<UntrustedJson> parseList(byte[] text) throws LoginRefusedException {
        UntrustedJson whole = parseOrNull("{\"list\": " + new String(text, StandardCharsets.UTF_8) + "}");
        if (whole == null || !whole.hasList("list")) {
            throw new LoginRefusedException(Reason.NOT_A_PHONE_SYSTEM);
        }
        return whole.objects("list");
    }

    /** Returns null if the text is no JSON object. */
    public static @Nullable UntrustedJson parseOrNull(String text) {
        try {
            JsonElement element = JsonParser.parseString(text);
            return element.isJsonObject() ? new UntrustedJson(element.getAsJsonObject()) : null;
        } catch (JsonParseException | IllegalStateException | NumberFormatException e) {
            return null;
        }
    }

    /** Returns a text or number without surrounding white space; null if it is empty. */
    public @Nullable String text(String name) {
        return textOf(object.get(name));
    }

    private static @Nullable String textOf(@Nullable JsonElement element) {
        JsonPrimitive value = element != null && element.isJsonPrimitive() ? element.getAsJsonPrimitive() : null;
        if (value == null || value.isBoolean()) {
            return null;
        }
        String text = value.getAsString().trim();
        boolean plain = text.chars().noneMatch(c -> (c < ' ' && c != '\n' && c != '\t') || c == 0x7f);
        return text.isEmpty() || text.length() > LONGEST || !plain ? null : text;
    }

    /** Returns a whole number within the range of a long, or null. */
    public @Nullable Long number(String name) {
        String text = text(name);
        return text != null && text.matches("-?[0-9]{1,18}") ? Long.valueOf(text) : null;
    }

    public boolean isTrue(String name) {
        JsonElement element = object.get(name);
        return element != null
                && element.isJsonPrimitive()
                && element.getAsJsonPrimitive().isBoolean()
                && element.getAsBoolean();
    }

    public @Nullable UntrustedJson object(String name) {
        JsonElement element = object.get(name);
        return element != null && element.isJsonObject() ? new UntrustedJson(element.getAsJsonObject()) : null;
    }

    /** Whether there is a list of that name. */
    public boolean hasList(String name) {
        JsonElement element = object.get(name);
        return element != null && element.isJsonArray();
    }

    /** Returns a list's objects and omits its other elements. */
    public List<UntrustedJson> objects(String name) {
        List<UntrustedJson> found = new ArrayList<>();
        for (JsonElement element : list(name)) {
            if (element.isJsonObject() && found.size() < MOST) {
                found.add(new UntrustedJson(element.getAsJsonObject()));
            }
        }
        return found;
    }

    /**
     * Returns a key's value in a list of pairs, as Asterisk writes its options. The last one
     * counts.
     */
    public @Nullable String option(String list, String key) {
        String value = null;
        for (JsonElement element : list(list)) {
            JsonArray pair = element.isJsonArray() ? element.getAsJsonArray() : null;
            if (pair != null && pair.size() == 2 && key.equals(textOf(pair.get(0)))) {
                value = textOf(pair.get(1));
            }
        }
        return value;
    }

    private JsonArray list(String name) {
        JsonElement element = object.get(name);
        return element != null && element.isJsonArray() ? element.getAsJsonArray() : new JsonArray();
    }

    @Override
    public String toString() {
        return "UntrustedJson[redacted]";
    }
}
