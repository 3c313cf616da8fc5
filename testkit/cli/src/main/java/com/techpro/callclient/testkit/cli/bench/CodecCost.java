// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import com.techpro.callclient.testkit.soak.speech.AudioClock;
import com.techpro.callclient.testkit.soak.speech.SoakAudio;
import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.speech.SpeechSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Measures the CPU cost of speech by codec and keys. The same calls run between two users of an
 * embedded PBX, in turns, so that other load affects all kinds equally. Both ends are the engine's,
 * and speak. It counts the CPU time of the engine's media loop for each end, not the PBX's.
 */
public final class CodecCost {
    private static final int ROUNDS = 3;
    private static final Duration SETTLING = Duration.ofSeconds(3);
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
        Map<Kind, Double> millis = new LinkedHashMap<>();
        try (JdkSchedulers schedulers = new JdkSchedulers();
                AudioClock clock = new AudioClock(schedulers.openLoop("bench-audio", CodecCost::defect));
                EmbeddedPbx pbx = EmbeddedPbx.builder()
                        .extensions("1001", "1002", "1003")
                        .dtls("1003")
                        .start()) {
            for (int round = 0; round < ROUNDS; round++) {
                for (Kind kind : Kind.values()) {
                    try (Talk talk = new Talk(pbx, kind, clock, clip)) {
                        millis.merge(kind, talk.millisPerCallSecond() / ROUNDS, Double::sum);
                    }
                }
            }
        }
        millis.forEach((kind, mean) -> found.accept(new BenchFigure(
                "media CPU an end's second, " + kind.title,
                mean,
                "ms",
                Double.NaN,
                calls + " calls, " + ROUNDS + " rounds in turns of " + each.toSeconds() + " s, speech both ways")));
    }

    private static void defect(Thread thread, Throwable failure) {
        throw new IllegalStateException(failure);
    }

    /** Two users of one engine, with many calls between them. */
    private final class Talk implements CallClientListener, AutoCloseable {
        private final CallClient client;
        private final AudioClock clock;
        private final SpeechClip clip;
        private final Queue<Call> incoming = new ConcurrentLinkedQueue<>();
        private final List<Call> all = new ArrayList<>();

        Talk(EmbeddedPbx pbx, Kind kind, AudioClock clock, SpeechClip clip) {
            this.clock = clock;
            this.clip = clip;
            client = CallClient.create(CallClientConfig.builder()
                    .callbacks(Runnable::run)
                    .tones(CallTones.OFF)
                    .listener(this)
                    .maxCalls(2 * calls)
                    .build());
            String callee = kind.keying == KeyingPolicy.DTLS_ONLY ? "1003" : "1002";
            Account from = account(pbx, "1001", kind);
            Account to = account(pbx, callee, kind);
            Await.until("both are registered", () -> isRegistered(from) && isRegistered(to));
            for (int i = 0; i < calls; i++) {
                all.add(from.dial(callee, options(i)));
                Await.until("it rings", () -> !incoming.isEmpty());
                Call rings = incoming.remove();
                var unused = rings.answer(options(i + calls));
                all.add(rings);
            }
            Await.until("all have keys", () -> all.stream().allMatch(call -> talks(call.snapshot())));
        }

        private Account account(EmbeddedPbx pbx, String extension, Kind kind) {
            return client.addAccount(pbx.account(extension)
                    .codecs(Set.of(kind.codec))
                    .keyingPolicy(kind.keying)
                    .build());
        }

        private CallOptions options(int number) {
            SpeechSource talk = new SpeechSource(clip, number * 1_237 % clip.length());
            return CallOptions.DEFAULT.withAudio(SoakAudio.wideband(clock, talk, 1));
        }

        private static boolean isRegistered(Account account) {
            return account.registration().state() == RegistrationState.REGISTERED;
        }

        private static boolean talks(CallSnapshot call) {
            return call.state() == CallState.ESTABLISHED && call.cipher() != null;
        }

        double millisPerCallSecond() {
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

        @Override
        public void incomingCall(Call call, CallSnapshot snapshot) {
            incoming.add(call);
        }

        @Override
        public void close() {
            client.shutdown(Duration.ofSeconds(5)).toCompletableFuture().join();
        }
    }
}
