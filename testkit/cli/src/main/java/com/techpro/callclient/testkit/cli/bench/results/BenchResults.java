// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench.results;

import static com.techpro.callclient.testkit.soak.report.JsonMembers.member;
import static com.techpro.callclient.testkit.soak.report.JsonMembers.text;
import static com.techpro.callclient.testkit.soak.report.JsonMembers.texts;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.techpro.callclient.testkit.cli.bench.BenchFigure;
import com.techpro.callclient.testkit.cli.bench.BenchFigure.Better;
import com.techpro.callclient.testkit.soak.report.ReportJson;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code bench} measured, and the file that {@code --json} writes, which
 * {@code bench.schema.json} beside this class describes.
 *
 * @param schemaVersion changes if older readers would misread the newer format
 * @param settings what was measured, and how much of it
 * @param machine on which
 */
public record BenchResults(
        int schemaVersion, Map<String, String> settings, Map<String, String> machine, List<BenchFigure> figures) {
    public static final int SCHEMA_VERSION = 1;
    private static final long MOST_BYTES = 16L << 20;

    public BenchResults {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        machine = Collections.unmodifiableMap(new LinkedHashMap<>(machine));
        figures = List.copyOf(figures);
    }

    /** Returns figures of this machine. */
    public static BenchResults of(Map<String, String> settings, List<BenchFigure> figures) {
        return new BenchResults(SCHEMA_VERSION, settings, MachineDescription.ofThis(), figures);
    }

    /** Returns it as JSON; a figure that is not a number is null there. */
    public String json() {
        return ReportJson.write(this);
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it does not exist or is none that {@code --json} wrote; the message
     *     tells the user which
     */
    public static BenchResults read(Path file) throws IOException {
        JsonElement json;
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new IOException(file + " is too large for figures of bench");
            }
            json = JsonParser.parseString(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new IOException("there is no " + file, e);
        } catch (CharacterCodingException | JsonParseException e) {
            throw new IOException(file + " is not JSON", e);
        }
        JsonElement version = json.isJsonObject() ? json.getAsJsonObject().get("schemaVersion") : null;
        if (version == null || !version.isJsonPrimitive()) {
            throw new IOException(file + " has no schemaVersion: bench --json did not write it, or an older one did");
        }
        if (!version.getAsString().equals(Integer.toString(SCHEMA_VERSION))) {
            throw new IOException(file + " has schemaVersion " + version.getAsString() + ", and only " + SCHEMA_VERSION
                    + " can be compared");
        }
        try {
            return of(json.getAsJsonObject());
        } catch (JsonParseException
                | IllegalStateException
                | IllegalArgumentException
                | UnsupportedOperationException e) {
            throw new IOException(file + " has no figures of bench: " + e.getMessage(), e);
        }
    }

    private static BenchResults of(JsonObject json) {
        List<BenchFigure> figures = new ArrayList<>();
        for (JsonElement figure : member(json, "figures").getAsJsonArray()) {
            figures.add(figure(figure.getAsJsonObject()));
        }
        return new BenchResults(
                SCHEMA_VERSION,
                texts(member(json, "settings").getAsJsonObject()),
                texts(member(json, "machine").getAsJsonObject()),
                figures);
    }

    private static BenchFigure figure(JsonObject json) {
        return new BenchFigure(
                text(json, "name"),
                number(json, "value"),
                text(json, "unit"),
                number(json, "target"),
                text(json, "how"),
                Better.valueOf(text(json, "better")),
                number(json, "least"),
                number(json, "most"));
    }

    private static double number(JsonObject json, String name) {
        JsonElement number = member(json, name);
        return number.isJsonNull() ? Double.NaN : number.getAsDouble();
    }
}
