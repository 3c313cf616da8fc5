// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.console;

import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.PbxVoicemail;
import com.techpro.callclient.testkit.pbx.live.LiveCall;
import com.techpro.callclient.testkit.pbx.trace.MediaRecording;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The console's reads and changes by path. {@code openapi.json} is the only description of it; a
 * test requests every path in it. From any thread.
 */
final class ConsoleApi implements AutoCloseable {
    /** The newest audio: eight minutes of a G.711 call of two phones. */
    private static final int MOST_SOUND = 32 << 20;

    /** The stream of state changes; the server writes it, because it does not end. */
    static final String EVENTS = "/events";

    static final String DESCRIPTION = "/openapi.json";

    private static final String LADDER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self';"
            + " base-uri 'none'; form-action 'none'";

    private final FaultSwitches faults;
    private final ExtensionFaults extensionFaults;
    private final RungCalls rung;
    private final RecentCalls recent;
    private final Supplier<List<LiveCall>> live;
    private final MediaRecording sound;
    private final ConsoleView view;
    private final Map<String, Read> reads;
    private final Map<String, Change> changes;

    /** @param token for the page */
    ConsoleApi(EmbeddedPbx pbx, @Nullable PbxVoicemail voicemail, String token) throws IOException {
        faults = new FaultSwitches(pbx);
        extensionFaults = new ExtensionFaults(pbx);
        rung = new RungCalls(pbx);
        recent = new RecentCalls(pbx.trace());
        live = pbx::liveCalls;
        sound = pbx.recordMedia(MOST_SOUND);
        view = new ConsoleView(pbx, voicemail, faults, rung, recent);
        ConsoleReply page =
                ConsoleReply.of(200, "text/html", resource("console.html").replace("{token}", token));
        ConsoleReply script = ConsoleReply.of(200, "text/javascript", resource("console.js"));
        ConsoleReply tables = ConsoleReply.of(200, "text/javascript", resource("tables.js"));
        ConsoleReply style = ConsoleReply.of(200, "text/css", resource("console.css"));
        ConsoleReply description = ConsoleReply.json(resource("openapi.json"));
        reads = Map.ofEntries(
                Map.entry("/", call -> page),
                Map.entry("/console.js", call -> script),
                Map.entry("/tables.js", call -> tables),
                Map.entry("/console.css", call -> style),
                Map.entry(DESCRIPTION, call -> description),
                Map.entry(EVENTS, call -> null),
                Map.entry("/state", call -> ConsoleReply.json(state())),
                Map.entry("/ladder", this::ladder),
                Map.entry("/capture", this::capture),
                Map.entry("/recording", this::recording));
        changes = Map.of(
                "/fault",
                new Change(
                        asked -> faults.turn(asked.choice("id", FaultSwitches.Kind.class), asked.is("on")), "id", "on"),
                "/extension-fault",
                new Change(
                        extensionFaults::set,
                        "extension",
                        "direction",
                        "loss",
                        "pattern",
                        "burst",
                        "delayMillis",
                        "jitterMillis",
                        "reordered",
                        "duplicated",
                        "silent"),
                "/clear-faults",
                new Change(asked -> faults.clearAll()),
                "/forget-registrations",
                new Change(asked -> pbx.forgetRegistrations()),
                "/ring",
                new Change(
                        asked -> rung.ring(asked.text("extension"), asked.text("name", ""), asked.text("number")),
                        "extension",
                        "name",
                        "number"),
                "/hang-up",
                new Change(asked -> rung.hangUp(asked.whole("id")), "id"));
    }

    /** A resource that can be read. */
    private interface Read {
        /** Null if there is no such call. */
        @Nullable
        ConsoleReply answer(String call);
    }

    /**
     * A change that can be requested.
     *
     * @param names of the members that the request may have
     */
    private record Change(Consumer<Asked> act, Set<String> names) {
        private Change(Consumer<Asked> act, String... names) {
            this(act, Set.of(names));
        }
    }

    /** Returns the methods of a path; empty if there is no such path. */
    Set<String> methods(String path) {
        return reads.containsKey(path) ? Set.of("GET") : changes.containsKey(path) ? Set.of("POST") : Set.of();
    }

    /** Returns all paths, including those of the page's files. */
    Set<String> paths() {
        Set<String> paths = new TreeSet<>(reads.keySet());
        paths.addAll(changes.keySet());
        return paths;
    }

    /** Returns the whole state as JSON in one line. */
    String state() {
        return view.json();
    }

    /**
     * Reads a path.
     *
     * @param query as received; null if there was none
     */
    ConsoleReply read(String path, @Nullable String query) {
        Read read = reads.get(path);
        String call = query != null && query.startsWith("call=")
                ? URLDecoder.decode(query.substring("call=".length()), StandardCharsets.UTF_8)
                : "";
        ConsoleReply reply = read == null ? null : read.answer(call);
        return reply == null ? ConsoleReply.text(404, "That call no longer exists.") : reply;
    }

    private @Nullable ConsoleReply ladder(String call) {
        String drawn = recent.ladder(call);
        return drawn == null
                ? null
                : ConsoleReply.of(200, "text/html", drawn).with("Content-Security-Policy", LADDER_POLICY);
    }

    private @Nullable ConsoleReply capture(String call) {
        byte[] file = call.isEmpty() ? recent.capture() : recent.capture(call);
        return file == null
                ? null
                : ConsoleReply.download(call.isEmpty() ? "pbx.pcapng" : "call.pcapng", "application/x-pcapng", file);
    }

    private @Nullable ConsoleReply recording(String call) {
        // The call's leg may not have been looked up yet.
        recent.update(live.get());
        OptionalInt leg = recent.leg(call);
        if (leg.isEmpty()) {
            return null;
        }
        byte[] file = sound.wav(leg.getAsInt());
        return file == null
                ? ConsoleReply.text(404, "No recording of this call was kept.")
                : ConsoleReply.download("call.wav", "audio/wav", file);
    }

    /** Stops recording audio. */
    @Override
    public void close() {
        sound.close();
    }

    /** Makes a change. */
    ConsoleReply change(String path, byte[] body) {
        Change change = changes.get(path);
        if (change == null) {
            return ConsoleReply.text(404, "There is nothing here.");
        }
        try {
            Asked asked = Asked.read(body);
            asked.allowOnly(change.names);
            change.act.accept(asked);
            return ConsoleReply.DONE;
        } catch (IllegalArgumentException e) {
            return ConsoleReply.text(400, String.valueOf(e.getMessage()));
        } catch (IllegalStateException e) {
            return ConsoleReply.text(400, "The PBX cannot do that now.");
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ConsoleApi.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
