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
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import com.techpro.callclient.testkit.soak.speech.AudioClock;
import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.verify.CallCheck;
import com.techpro.callclient.testkit.soak.verify.SpeechLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Calls of the soak between users of the embedded PBX, one after the other, in virtual time: no machine holds anything up. */
final class CallsInVirtualTime implements AutoCloseable, CallClientListener {
    private static final String PBX = "10.0.0.1";
    private static final String ENGINE = "10.0.0.2";
    private static final List<String> NUMBERS = List.of("1001", "1002", "1003");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    final SimulatedNetwork network;
    private final VirtualTime time;
    private final EmbeddedPbx pbx;
    private final Loop loop;
    private final AudioClock clock;
    private final CallsInProgress calls;
    final LampCheck lamps;
    final TextCheck texts;
    private final CallClient client;
    private final Random random;
    private final List<Extension> users = new ArrayList<>();
    private int numbered;

    CallsInVirtualTime(long seed, MediaChoice caller, MediaChoice callee, FieldBehaviour... field) throws IOException {
        this(seed, List.of(caller, callee), field);
    }

    CallsInVirtualTime(long seed, List<MediaChoice> choices, FieldBehaviour... field) throws IOException {
        this(seed, new UnverifiedSpeech(null), choices, field);
    }

    CallsInVirtualTime(long seed, UnverifiedSpeech unverified, List<MediaChoice> choices, FieldBehaviour... field)
            throws IOException {
        time = VirtualTime.seeded(seed);
        network = new SimulatedNetwork(time, seed);
        random = time.random("calls");
        pbx = EmbeddedPbx.builder()
                .address(PBX)
                .extensions(NUMBERS.toArray(String[]::new))
                .dtls(IntStream.range(0, choices.size())
                        .filter(i -> choices.get(i).keying().offers(KeyExchange.DTLS))
                        .mapToObj(NUMBERS::get)
                        .toArray(String[]::new))
                .behaving(field)
                .random(time.random("pbx"))
                .start(network.host(PBX), time);
        loop = time.openLoop("soak", CallsInVirtualTime::defect);
        clock = new AudioClock(time.openLoop("soak-audio", CallsInVirtualTime::defect));
        calls = new CallsInProgress(
                loop,
                clock,
                SpeechClip.builtIn(),
                new Verification(new CallCheck(SpeechLimits.CLEAN), Runnable::run, unverified));
        lamps = new LampCheck(loop);
        texts = new TextCheck(time.random("texts"));
        client = CallClient.create(CallClientConfig.builder()
                .schedulers(time)
                .tones(CallTones.OFF)
                .network(network.host(ENGINE))
                .callbacks(loop::execute)
                .listener(this)
                .random(time.random("engine"))
                .failures(CallsInVirtualTime::defect)
                .build());
        for (int i = 0; i < choices.size(); i++) {
            Account account = client.addAccount(
                    choices.get(i).applyTo(pbx.account(NUMBERS.get(i)).build(), List.of()));
            users.add(new Extension(i, NUMBERS.get(i), choices.get(i), account));
        }
        time.runUntil(() -> users.stream().allMatch(CallsInVirtualTime::isRegistered), Duration.ofSeconds(10));
    }

    private static boolean isRegistered(Extension user) {
        return user.account().registration().state() == RegistrationState.REGISTERED;
    }

    /** One call from its dialling to its verdict. */
    CallRecord call() {
        return call(PhoneSystem.OnHold.SILENCE);
    }

    /** @param held what the PBX does to whom is put on hold */
    CallRecord call(PhoneSystem.OnHold held) {
        List<CallRecord> records = new ArrayList<>();
        users.forEach(lamps::begin);
        loop.execute(() -> calls.start(
                ++numbered,
                CallScript.random(random),
                users.get(0),
                users.get(1),
                held,
                texts::exchange,
                this::over,
                records::add));
        time.runUntil(() -> !records.isEmpty(), LIMIT);
        settle();
        return records.get(0);
    }

    private void over(CallInProgress call) {
        call.lampChanges().forEach(lamps::ended);
    }

    private void settle() {
        for (int i = 0; i < 20 && !(lamps.allJudged() && texts.isSettled()); i++) {
            time.advance(Duration.ofSeconds(1));
        }
    }

    /** Everybody's lamp is watched, and texts are written. */
    void watchAndListen() {
        lamps.watch(users);
        texts.listen(users);
        time.runUntil(lamps::allIdle, Duration.ofSeconds(20));
    }

    /** One with all three users. */
    Featured call(CallFeature feature) {
        List<CallRecord> records = new ArrayList<>();
        List<FeatureRecord> done = new ArrayList<>();
        users.forEach(lamps::begin);
        loop.execute(() -> calls.start(
                ++numbered,
                feature,
                CallScript.random(random),
                users,
                call -> call.isIn(client.history().snapshot().entries()),
                () -> {},
                this::over,
                records::add,
                done::add));
        time.runUntil(() -> !done.isEmpty(), LIMIT);
        settle();
        return new Featured(done.get(0), records);
    }

    /** What became of it, and the calls of which it was made. */
    record Featured(FeatureRecord record, List<CallRecord> calls) {}

    EmbeddedPbx pbx() {
        return pbx;
    }

    @Override
    public void incomingCall(Call call, CallSnapshot snapshot) {
        calls.incoming(call);
    }

    @Override
    public void callChanged(Call call, CallEvent event) {
        calls.changed(call, event);
    }

    private static void defect(Thread thread, Throwable failure) {
        throw new AssertionError(failure);
    }

    @Override
    public void close() {
        client.close();
        time.advance(Duration.ofSeconds(10));
        pbx.close();
        clock.close();
        network.close();
        time.close();
    }
}
