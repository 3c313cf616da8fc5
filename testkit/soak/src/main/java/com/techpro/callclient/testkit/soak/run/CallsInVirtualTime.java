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
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import com.techpro.callclient.testkit.soak.speech.AudioClock;
import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.verify.CallCheck;
import com.techpro.callclient.testkit.soak.verify.SpeechLimits;
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
 * Judged calls between users of the embedded PBX, one after the other, in virtual time: a call of eleven seconds takes a fraction of one, no machine holds anything
 * up, and the same seed gives the same calls. The engine, the PBX, codecs, encryption and jitter buffers are those of any other call; time, network and sound cards
 * are simulated.
 *
 * <pre>
 *   LinkConditions network = LinkConditions.LAN.withLoss(0.01).withJitter(Duration.ofMillis(20));
 *   try (CallsInVirtualTime calls = CallsInVirtualTime.builder().codecs("opus").network(network).start()) {
 *       calls.make(8).forEach(System.out::println);
 *   }
 * </pre>
 *
 * <p>In each call {@link #CALLER} dials {@link #CALLEE}; both speak, one holds, the other presses keys, one hangs up. Each voice takes two ways: from its phone to the PBX
 * over a network that is as good as {@link LinkConditions#LAN}, and from there to the other phone over the one that is described. {@link #network()} can change both.
 *
 * <p>Of one thread: the one that calls it. No method waits for real time. A defect of the engine's or the testkit's own is an {@link AssertionError}.
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

    private static final List<String> NUMBERS = List.of(CALLER, CALLEE, "1003");
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
                .schedulers(time)
                .tones(CallTones.OFF)
                .network(network.host(PHONES_ADDRESS))
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
                .random(time.random("engine"))
                .failures(CallsInVirtualTime::defect)
                .build());
        for (int i = 0; i < choices.size(); i++) {
            Account account = client.addAccount(
                    choices.get(i).applyTo(pbx.account(NUMBERS.get(i)).build(), List.of()));
            users.add(new Extension(i, NUMBERS.get(i), choices.get(i), account));
        }
    }

    /** Calls over a network that loses nothing, in the codec that both prefer of all there are. */
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
     * Makes a call and has it judged.
     *
     * @throws IllegalStateException if it has no end, as where the network was cut for good
     */
    public JudgedCall make() {
        return JudgedCall.of(call(PhoneSystem.OnHold.SILENCE, (one, other) -> {}, over -> {}));
    }

    /**
     * Makes calls, one after the other, and has them judged.
     *
     * @throws IllegalArgumentException if the count is negative
     * @throws IllegalStateException if one has no end, as where the network was cut for good
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

    /** The network between the phones and the PBX: from now on, or from the next call on, it can be another. */
    public SimulatedNetwork network() {
        return network;
    }

    /** The PBX, whose {@link EmbeddedPbx#faults() faults} calls can have too. Ends with this. */
    public EmbeddedPbx pbx() {
        return pbx;
    }

    /** The time in which calls are made: between two of them it can be advanced. */
    public VirtualTime time() {
        return time;
    }

    /** Ends the phones and the PBX. */
    @Override
    public void close() {
        client.close();
        time.advance(Duration.ofSeconds(10));
        pbx.close();
        clock.close();
        network.close();
        time.close();
    }

    /**
     * One call from its dialling to its verdict.
     *
     * @param held what the PBX does to whom is put on hold
     * @param talking told each time when the two begin to talk with each other
     * @param over hears when the two are free again
     */
    CallRecord call(PhoneSystem.OnHold held, BiConsumer<Extension, Extension> talking, Consumer<CallInProgress> over) {
        List<CallRecord> records = new ArrayList<>();
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

    /** The first of those that come, once it is there. */
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

    /** What calls are to be made, and over what network. Of one thread. */
    public static final class Builder {
        private List<MediaChoice> choices = choice(List.of("opus", "g722", "pcma", "pcmu"));
        private LinkConditions conditions = LinkConditions.LAN;
        private SpeechLimits limits = SpeechLimits.CLEAN;
        private FieldBehaviour[] field = {};
        private @Nullable Path unverified;
        private long seed = 1;

        private Builder() {}

        /**
         * What both phones speak, with keys by SDES and without ICE.
         *
         * @param names encoding names in any case, the best first: {@code opus}, {@code g722}, {@code pcma}, {@code pcmu}; {@link #start} refuses others
         */
        public Builder codecs(String... names) {
            choices = choice(List.of(names));
            return this;
        }

        /** What each of the two phones speaks, by which keys and which way. */
        public Builder media(MediaChoice caller, MediaChoice callee) {
            choices = List.of(caller, callee);
            return this;
        }

        /** Likewise of each user, three at most. */
        Builder media(List<MediaChoice> users) {
            choices = List.copyOf(users);
            return this;
        }

        /** What happens to packets on their way from the PBX to the phones: once to each voice. {@link LinkConditions#LAN} unless it is said. */
        public Builder network(LinkConditions towardsPhones) {
            conditions = towardsPhones;
            return this;
        }

        /** What still counts as heard; {@link SpeechLimits#CLEAN} unless it is said. */
        public Builder limits(SpeechLimits heard) {
            limits = heard;
            return this;
        }

        /**
         * Keeps what was said and what was heard in directions that are not verified, as pairs of WAV files: {@code calls/3/1-gaps-said-by-0.wav} of the third call's caller. Of
         * the first twenty directions, thirty seconds each.
         *
         * @param folder made once there is something to keep
         */
        public Builder keepUnverified(Path folder) {
            unverified = folder;
            return this;
        }

        /** By which everything is drawn that is left to chance: what packets are lost, what is said and pressed and when. 1 unless it is said. */
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
