// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import com.techpro.callclient.testkit.soak.report.StepFailedException;
import com.techpro.callclient.testkit.soak.run.LoadAccount;
import com.techpro.callclient.testkit.soak.run.LoadCall;
import com.techpro.callclient.testkit.soak.run.LoadUser;
import com.techpro.callclient.testkit.soak.run.RunEnvironment;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures the CPU cost of speech by codec and keys. The same calls run between two users of an
 * embedded PBX, in turns, so that other load affects all kinds equally. Both ends are the engine's,
 * and speak. It counts the CPU time of the engine's media loop for each end, not the PBX's.
 */
public final class CodecCost {
    private static final int ROUNDS = 3;
    private static final Duration SETTLING = Duration.ofSeconds(3);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String MEDIA = "callclient-media";

    private final int calls;
    private final Duration each;
    private final Consumer<BenchFigure> found;
    private final ProcessProbe probe = new ProcessProbe();

    private enum Kind {
        G711_SDES("G.711, SDES", "pcmu", KeyingPolicy.SDES_ONLY),
        G711_DTLS("G.711, DTLS", "pcmu", KeyingPolicy.DTLS_ONLY),
        G722_DTLS("G.722, DTLS", "g722", KeyingPolicy.DTLS_ONLY),
        OPUS_DTLS("Opus, DTLS", "opus", KeyingPolicy.DTLS_ONLY);

        private final String title;
        private final String codec;
        private final KeyingPolicy keying;

        Kind(String title, String codec, KeyingPolicy keying) {
            this.title = title;
            this.codec = codec;
            this.keying = keying;
        }
    }

    /**
     * Prepares the measurement.
     *
     * @param calls at the same time
     * @param each how long each kind is measured in each of three rounds
     */
    public CodecCost(int calls, Duration each, Consumer<BenchFigure> found) {
        this.calls = calls;
        this.each = each;
        this.found = found;
    }

    public void run() throws IOException {
        SpeechClip clip = SpeechClip.builtIn();
        Map<Kind, List<Double>> millis = new LinkedHashMap<>();
        try (RunEnvironment environment = RunEnvironment.open();
                EmbeddedPbx pbx = EmbeddedPbx.builder()
                        .extensions("1001", "1002", "1003")
                        .dtls("1003")
                        .start()) {
            for (int round = 0; round < ROUNDS; round++) {
                for (Kind kind : Kind.values()) {
                    try (LoadUser users = new LoadUser(
                            environment,
                            clip,
                            SpeechLimits.CLEAN,
                            config -> config.maxCalls(2 * calls).lab(lab -> lab.mediaLoops(1)))) {
                        millis.computeIfAbsent(kind, unused -> new ArrayList<>())
                                .add(millisPerCallSecond(pbx, kind, users));
                    }
                }
            }
        } catch (StepFailedException e) {
            throw new IllegalStateException("a call failed: " + e.code(), e);
        }
        millis.forEach((kind, rounds) -> found.accept(new BenchFigure(
                        "media CPU an end's second, " + kind.title,
                        rounds.stream()
                                .mapToDouble(Double::doubleValue)
                                .average()
                                .orElseThrow(),
                        "ms",
                        Double.NaN,
                        calls + " calls, " + ROUNDS + " rounds in turns of " + each.toSeconds()
                                + " s, speech both ways")
                .in(Spread.of(rounds))));
    }

    /** Many calls between two users of one engine. */
    private double millisPerCallSecond(EmbeddedPbx pbx, Kind kind, LoadUser users) throws StepFailedException {
        String callee = kind.keying == KeyingPolicy.DTLS_ONLY ? "1003" : "1002";
        MediaChoice media = new MediaChoice(List.of(kind.codec), kind.keying, MediaChoice.Path.ICE_WHEN_OFFERED);
        LoadAccount from = users.register(pbx.account("1001").build(), media, LIMIT);
        LoadAccount to = users.register(pbx.account(callee).build(), media, LIMIT);
        List<LoadCall> all = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            all.add(from.dial(callee));
            all.add(to.answer(LIMIT));
        }
        for (LoadCall call : all) {
            call.awaitTalking();
        }
        MeasuredEngine.pass(SETTLING);
        long began = System.nanoTime();
        Duration before = mediaCpu();
        MeasuredEngine.pass(each);
        double cpu = mediaCpu().minus(before).toNanos() / 1e6;
        return cpu / all.size() / ((System.nanoTime() - began) / 1e9);
    }

    private Duration mediaCpu() {
        return probe.cpuByThread().getOrDefault(MEDIA, Duration.ZERO);
    }
}
