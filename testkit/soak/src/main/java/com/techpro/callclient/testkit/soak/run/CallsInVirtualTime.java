// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.ports.phonesystem.KeyExchange;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.testkit.contracts.LinkConditions;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.verify.CallCheck;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import com.techpro.callclient.testkit.soak.audio.AudioClock;
import com.techpro.callclient.testkit.soak.driver.CallResult;
import com.techpro.callclient.testkit.soak.driver.Extension;
import com.techpro.callclient.testkit.soak.driver.ScriptedCall;
import com.techpro.callclient.testkit.soak.driver.UnverifiedSpeech;
import com.techpro.callclient.testkit.soak.driver.Verification;
import com.techpro.callclient.testkit.soak.script.CallScript;
import com.techpro.callclient.testkit.soak.script.CallsInProgress;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Judged calls between users of the embedded PBX, one after the other, in virtual time. A call of
 * eleven seconds takes a fraction of one, machine stalls have no effect, and the same seed gives
 * the same calls. Engine, PBX, codecs, encryption and jitter buffers are real. Time, network and
 * sound cards are simulated.
 *
 * <pre>
 *   LinkConditions network = LinkConditions.LAN.withLoss(0.01).withJitter(Duration.ofMillis(20));
 *   try (CallsInVirtualTime calls = CallsInVirtualTime.builder().codecs("opus").network(network).start()) {
 *       calls.make(8).forEach(System.out::println);
 *   }
 * </pre>
 *
 * <p>In each call {@link #CALLER} dials {@link #CALLEE}; both speak, one holds, the other presses
 * keys, one hangs up. Each voice takes two paths: from its phone to the PBX over a network like
 * {@link LinkConditions#LAN}, and from there to the other phone over the configured one.
 * {@link #network()} can change both.
 *
 * <p>Use it from one thread. No method waits for real time. A defect of the engine or the testkit
 * throws an {@link AssertionError}.
 */
public final class CallsInVirtualTime implements AutoCloseable {
    /** The extension that dials. */
    public static final String CALLER = "1001";

    /** The extension that is called. */
    public static final String CALLEE = "1002";

    /** The address of the PBX in {@link #network()}. */
    public static final String PBX_ADDRESS = "10.0.0.1";

    /** The address of both phones in {@link #network()}. */
    public static final String PHONES_ADDRESS = "10.0.0.2";

    private static final List<String> NUMBERS = List.of(CALLER, CALLEE, "1003", "1004");
    /** Longer than all of a call's own limits. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final Duration REGISTRATION_LIMIT = Duration.ofSeconds(40);

    private final SimulatedNetwork network;
    private final VirtualTime time;
    private final EmbeddedPbx pbx;
    private final Loop loop;
    private final AudioClock clock;
    private final CallsInProgress inProgress;
    private final CallClient client;
    private final Random random;
    private final List<Extension> users = new ArrayList<>();
    private int numbered;

    private CallsInVirtualTime(Builder settings) throws IOException {
        List<MediaChoice> choices = settings.choices;
        time = VirtualTime.seeded(settings.seed);
        network = new SimulatedNetwork(time, settings.seed);
        network.conditions(PBX_ADDRESS, PHONES_ADDRESS, settings.conditions);
        random = time.random("calls");
        pbx = EmbeddedPbx.builder()
                .address(PBX_ADDRESS)
                .extensions(NUMBERS.toArray(String[]::new))
                .dtls(IntStream.range(0, choices.size())
                        .filter(i -> choices.get(i).keying().offers(KeyExchange.DTLS))
                        .mapToObj(NUMBERS::get)
                        .toArray(String[]::new))
                .behaving(settings.field)
                .random(time.random("pbx"))
                .start(network.host(PBX_ADDRESS), time);
        loop = time.openLoop("soak", CallsInVirtualTime::defect);
        clock = new AudioClock(time.openLoop("soak-audio", CallsInVirtualTime::defect));
        CallsInProgress calls = new CallsInProgress(
                loop,
                clock,
                SpeechClip.builtIn(),
                new Verification(
                        new CallCheck(settings.limits), Runnable::run, new UnverifiedSpeech(settings.unverified)));
        inProgress = calls;
        client = CallClient.create(CallClientConfig.builder()
                .lab(lab -> lab.schedulers(time)
                        .network(network.host(PHONES_ADDRESS))
                        .random(time.random("engine")))
                .tones(CallTones.OFF)
                .callbacks(loop::execute)
                .listener(new CallClientListener() {
                    @Override
                    public void incomingCall(Call call, CallSnapshot snapshot) {
                        calls.incoming(call);
                    }

                    @Override
                    public void callChanged(Call call, CallEvent event) {
                        calls.changed(call, event);
                    }
                })
                .failures(CallsInVirtualTime::defect)
                .build());
        for (int i = 0; i < choices.size(); i++) {
            Account account = client.addAccount(
                    choices.get(i).applyTo(pbx.account(NUMBERS.get(i)).build(), List.of()));
            users.add(new Extension(i, NUMBERS.get(i), choices.get(i), account));
        }
    }

    /**
     * Returns a builder for calls over a network without loss, in the best codec of both phones.
     */
    public static Builder builder() {
        return new Builder();
    }

    private boolean register() {
        return time.holdsWithin(
                () -> users.stream()
                        .allMatch(user -> user.account().registration().state() == RegistrationState.REGISTERED),
                REGISTRATION_LIMIT);
    }

    /**
     * Makes a call and judges it.
     *
     * @throws IllegalStateException if it does not end, for example because the network was cut
     *     permanently
     */
    public JudgedCall make() {
        return JudgedCall.of(call(SoakPhoneSystem.OnHold.SILENCE, (one, other) -> {}, over -> {}));
    }

    /**
     * Makes calls, one after the other, and judges them.
     *
     * @throws IllegalArgumentException if the count is negative
     * @throws IllegalStateException if one does not end, for example because the network was cut
     *     permanently
     */
    public List<JudgedCall> make(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("nobody makes " + count + " calls");
        }
        List<JudgedCall> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(make());
        }
        return List.copyOf(made);
    }

    /**
     * Returns the network between the phones and the PBX; its conditions can be changed at any
     * time.
     */
    public SimulatedNetwork network() {
        return network;
    }

    /**
     * Returns the PBX, whose {@link EmbeddedPbx#faults() faults} can affect the calls. Closed with
     * this.
     */
    public EmbeddedPbx pbx() {
        return pbx;
    }

    /** Returns the time of the calls, which can be advanced between them. */
    public VirtualTime time() {
        return time;
    }

    /** Closes the phones and the PBX. */
    @Override
    public void close() {
        // Twice: the second one ends a call that does not end.
        loop.execute(inProgress::breakOff);
        loop.execute(inProgress::breakOff);
        client.close();
        time.advance(Duration.ofSeconds(10));
        pbx.close();
        clock.close();
        network.close();
        time.close();
    }

    /**
     * Runs one call from dialling to its verdict.
     *
     * @param held how the PBX treats a held side
     * @param talking called each time when the two begin to talk
     * @param over called when the two are free again
     */
    CallResult call(
            SoakPhoneSystem.OnHold held, BiConsumer<Extension, Extension> talking, Consumer<ScriptedCall> over) {
        List<CallResult> records = new ArrayList<>();
        loop.execute(() -> inProgress.start(
                nextNumber(),
                CallScript.random(random),
                users.get(0),
                users.get(1),
                held,
                talking,
                over,
                records::add));
        return awaitOne(records);
    }

    /** Waits for the first record and returns it. */
    <T> T awaitOne(List<T> records) {
        if (!time.holdsWithin(() -> !records.isEmpty(), LIMIT)) {
            throw new IllegalStateException("the call has no end");
        }
        return records.get(0);
    }

    int nextNumber() {
        return ++numbered;
    }

    CallScript nextScript() {
        return CallScript.random(random);
    }

    List<Extension> users() {
        return users;
    }

    CallsInProgress inProgress() {
        return inProgress;
    }

    CallClient client() {
        return client;
    }

    Loop loop() {
        return loop;
    }

    private static void defect(Thread thread, Throwable failure) {
        throw new AssertionError(failure);
    }

    /** Sets the calls and the network. For one thread. */
    public static final class Builder {
        private List<MediaChoice> choices = choice(List.of("opus", "g722", "pcma", "pcmu"));
        private LinkConditions conditions = LinkConditions.LAN;
        private SpeechLimits limits = SpeechLimits.CLEAN;
        private FieldBehaviour[] field = {};
        private @Nullable Path unverified;
        private long seed = 1;

        private Builder() {}

        /**
         * Sets the codecs of both phones, with SDES keys and without ICE.
         *
         * @param names encoding names in any case, the best first: {@code opus}, {@code g722},
         *     {@code pcma}, {@code pcmu}; {@link #start} refuses others
         */
        public Builder codecs(String... names) {
            choices = choice(List.of(names));
            return this;
        }

        /** Sets each phone's codecs, keys and media path. */
        public Builder media(MediaChoice caller, MediaChoice callee) {
            choices = List.of(caller, callee);
            return this;
        }

        /** As above for each user, four at most. */
        Builder media(List<MediaChoice> users) {
            choices = List.copyOf(users);
            return this;
        }

        /**
         * Sets the conditions of packets from the PBX to the phones, which each voice passes once.
         * Default: {@link LinkConditions#LAN}.
         */
        public Builder network(LinkConditions towardsPhones) {
            conditions = towardsPhones;
            return this;
        }

        /** Sets the limits for verified speech. Default: {@link SpeechLimits#CLEAN}. */
        public Builder limits(SpeechLimits heard) {
            limits = heard;
            return this;
        }

        /**
         * Saves the spoken and the heard audio of unverified directions as pairs of WAV files:
         * {@code calls/3/1-gaps-said-by-0.wav} of the third call's caller. The first twenty
         * directions, thirty seconds each.
         *
         * @param folder created when there is something to save
         */
        public Builder keepUnverified(Path folder) {
            unverified = folder;
            return this;
        }

        /**
         * Sets the seed of all random choices: lost packets, and what is spoken and pressed, and
         * when. Default: 1.
         */
        public Builder seed(long number) {
            seed = number;
            return this;
        }

        Builder behaving(FieldBehaviour... behaviours) {
            field = behaviours.clone();
            return this;
        }

        private static List<MediaChoice> choice(List<String> codecs) {
            MediaChoice choice = new MediaChoice(codecs, KeyingPolicy.PREFER_SDES, MediaChoice.Path.WITHOUT_ICE);
            return List.of(choice, choice);
        }

        /**
         * Starts the PBX and registers the phones.
         *
         * @throws IOException if the packaged recording cannot be read
         * @throws IllegalArgumentException if there is no such codec
         * @throws IllegalStateException if the phones cannot register over such a network
         */
        public CallsInVirtualTime start() throws IOException {
            CallsInVirtualTime calls = new CallsInVirtualTime(this);
            if (!calls.register()) {
                calls.close();
                throw new IllegalStateException("the phones cannot register over such a network");
            }
            return calls;
        }
    }
}
