// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object of a request that changes something. Immutable. An unreadable one throws an
 * {@link IllegalArgumentException} with the reason.
 */
final class Asked {
    private final JsonObject object;

    private Asked(JsonObject object) {
        this.object = object;
    }

    /** @param body if empty, it counts as an empty object */
    static Asked read(byte[] body) {
        try {
            return new Asked(
                    body.length == 0
                            ? new JsonObject()
                            : JsonParser.parseString(new String(body, StandardCharsets.UTF_8))
                                    .getAsJsonObject());
        } catch (JsonParseException | IllegalStateException e) {
            throw new IllegalArgumentException("The body is not a JSON object.", e);
        }
    }

    /** Refuses unknown members: they may be misspelt. */
    void allowOnly(Set<String> names) {
        for (String name : object.keySet()) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("There is no such member: the members are " + sorted(names) + ".");
            }
        }
    }

    private static String sorted(Set<String> names) {
        return names.isEmpty()
                ? "none"
                : String.join(", ", names.stream().sorted().toList());
    }

    String text(String name) {
        String text = value(name);
        if (text == null) {
            throw new IllegalArgumentException(name + " is missing.");
        }
        return text;
    }

    String text(String name, String otherwise) {
        String text = value(name);
        return text == null ? otherwise : text;
    }

    boolean is(String name) {
        return truth(name, text(name));
    }

    boolean is(String name, boolean otherwise) {
        String text = value(name);
        return text == null ? otherwise : truth(name, text);
    }

    private static boolean truth(String name, String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(name + " must be true or false.");
        }
        return text.equals("true");
    }

    int whole(String name) {
        return whole(name, text(name));
    }

    int whole(String name, int otherwise) {
        String text = value(name);
        return text == null ? otherwise : whole(name, text);
    }

    private static int whole(String name, String text) {
        if (!text.matches("-?\\d{1,9}")) {
            throw new IllegalArgumentException(name + " must be a whole number.");
        }
        return Integer.parseInt(text);
    }

    double number(String name, double otherwise) {
        String text = value(name);
        if (text == null) {
            return otherwise;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number.", e);
        }
    }

    <E extends Enum<E>> E choice(String name, Class<E> kind) {
        return choice(name, text(name), kind);
    }

    <E extends Enum<E>> E choice(String name, E otherwise) {
        String text = value(name);
        return text == null ? otherwise : choice(name, text, otherwise.getDeclaringClass());
    }

    private static <E extends Enum<E>> E choice(String name, String text, Class<E> kind) {
        return Arrays.stream(kind.getEnumConstants())
                .filter(one -> one.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        name + " must be one of " + Arrays.toString(kind.getEnumConstants()) + "."));
    }

    private @Nullable String value(String name) {
        if (!object.has(name)) {
            return null;
        }
        if (!object.get(name).isJsonPrimitive()) {
            throw new IllegalArgumentException(name + " must be one value.");
        }
        return object.get(name).getAsString();
    }
}
