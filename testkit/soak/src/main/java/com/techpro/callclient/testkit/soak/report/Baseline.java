// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.report;

import static com.techpro.callclient.testkit.soak.report.JsonMembers.member;
import static com.techpro.callclient.testkit.soak.report.JsonMembers.text;
import static com.techpro.callclient.testkit.soak.report.JsonMembers.texts;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.techpro.callclient.testkit.soak.gate.Figure;
import com.techpro.callclient.testkit.soak.gate.Gate;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The comparable part of an earlier run, read from its {@code report.json}.
 *
 * @param gates by ID
 */
public record Baseline(
        String startedAt, Map<String, String> settings, Map<String, String> machine, Map<String, Gate> gates) {
    private static final long MOST_BYTES = 64L << 20;

    /**
     * @throws IOException if the file does not exist or is not a comparable report; the message
     *     tells the user which
     */
    public static Baseline read(Path file) throws IOException {
        JsonObject report;
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException(file + " is too large for a report");
            }
            report = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        } catch (NoSuchFileException e) {
            throw new IOException("there is no " + file, e);
        } catch (CharacterCodingException | JsonParseException | IllegalStateException e) {
            throw new IOException(file + " is not JSON with an object", e);
        }
        checkVersion(file, report.get("schemaVersion"));
        try {
            return of(report);
        } catch (JsonParseException
                | IllegalStateException
                | IllegalArgumentException
                | UnsupportedOperationException e) {
            throw new IOException(file + " is no report of a soak: " + e.getMessage(), e);
        }
    }

    private static void checkVersion(Path file, JsonElement version) throws IOException {
        if (version == null || !version.isJsonPrimitive()) {
            throw new IOException(file + " has no schemaVersion: it is no report of a soak, or of an older one");
        }
        if (!version.getAsString().equals(Integer.toString(ReportJson.SCHEMA_VERSION))) {
            throw new IOException(file + " has schemaVersion " + version.getAsString() + ", and only "
                    + ReportJson.SCHEMA_VERSION + " can be compared");
        }
    }

    private static Baseline of(JsonObject report) {
        Map<String, Gate> gates = new LinkedHashMap<>();
        JsonArray all = member(report, "gates").getAsJsonArray();
        for (JsonElement one : all) {
            Gate gate = gate(one.getAsJsonObject());
            gates.put(gate.id(), gate);
        }
        return new Baseline(
                text(report, "startedAt"),
                texts(member(report, "settings").getAsJsonObject()),
                texts(member(report, "machine").getAsJsonObject()),
                gates);
    }

    private static Gate gate(JsonObject json) {
        Gate gate = new Gate(
                text(json, "id"),
                text(json, "title"),
                text(json, "measured"),
                text(json, "limit"),
                null,
                Gate.Verdict.valueOf(text(json, "verdict")),
                "",
                "");
        return json.has("figure") ? gate.measuredAs(figure(json.getAsJsonObject("figure"))) : gate;
    }

    private static Figure figure(JsonObject json) {
        JsonElement value = member(json, "value");
        return new Figure(
                value.isJsonNull() ? Double.NaN : value.getAsDouble(),
                member(json, "limit").getAsDouble(),
                text(json, "unit"),
                Figure.Bound.valueOf(text(json, "bound")));
    }
}
