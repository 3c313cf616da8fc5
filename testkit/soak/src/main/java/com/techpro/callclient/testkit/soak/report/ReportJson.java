// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/** JSON for other programs (RFC 8259 §6). A missing figure is null, because JSON has no NaN. */
public final class ReportJson {
    /**
     * The version of {@code report.schema.json}; it changes if older readers would misread the
     * newer format.
     */
    public static final int SCHEMA_VERSION = 1;

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .registerTypeAdapter(double.class, new Finite())
            .registerTypeAdapter(Double.class, new Finite())
            .create();

    private ReportJson() {}

    public static String write(Object report) {
        return GSON.toJson(report);
    }

    /**
     * Writes a tree unchanged: {@link #tree} omits missing members, and writes missing figures as
     * null.
     */
    static String write(JsonElement tree) {
        return new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .serializeNulls()
                .create()
                .toJson(tree);
    }

    static JsonElement tree(Object report) {
        return GSON.toJsonTree(report);
    }

    private static final class Finite extends TypeAdapter<Double> {
        @Override
        public void write(JsonWriter out, Double figure) throws IOException {
            if (figure == null || figure.isNaN() || figure.isInfinite()) {
                boolean before = out.getSerializeNulls();
                out.setSerializeNulls(true);
                out.nullValue();
                out.setSerializeNulls(before);
            } else {
                out.value(figure);
            }
        }

        @Override
        public Double read(JsonReader in) throws IOException {
            return in.nextDouble();
        }
    }
}
