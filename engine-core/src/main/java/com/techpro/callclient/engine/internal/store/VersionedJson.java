// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.store;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.techpro.callclient.engine.internal.store.StoredDocument.UnreadableException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Stored documents as JSON objects that begin with a version. */
public final class VersionedJson {
    private VersionedJson() {}

    /** @param content adds all but the version */
    public static byte[] encode(int version, Consumer<JsonObject> content) {
        JsonObject document = new JsonObject();
        document.addProperty("version", version);
        content.accept(document);
        return document.toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a document.
     *
     * @param version the newest version that the reader understands
     * @param reader may throw what gson's tree and the values' own checks throw for invalid content
     */
    public static <T> T decode(byte[] stored, int version, Function<JsonObject, T> reader) throws UnreadableException {
        try {
            JsonObject document = JsonParser.parseString(new String(stored, StandardCharsets.UTF_8))
                    .getAsJsonObject();
            if (document.get("version").getAsInt() > version) {
                throw new UnreadableException(Reason.TOO_NEW);
            }
            return reader.apply(document);
        } catch (JsonParseException
                | IllegalArgumentException
                | IllegalStateException
                | NullPointerException
                | ClassCastException
                | ArithmeticException
                | UnsupportedOperationException
                | DateTimeException e) {
            throw new UnreadableException(Reason.CORRUPT);
        }
    }
}
