// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import com.techpro.callclient.testkit.soak.driver.CallResult;
import com.techpro.callclient.testkit.soak.driver.ScriptedCall;
import com.techpro.callclient.testkit.soak.script.FeatureCall;
import com.techpro.callclient.testkit.soak.script.FeatureHost;
import com.techpro.callclient.testkit.soak.script.FeatureRecord;
import com.techpro.callclient.testkit.soak.script.LampCheck;
import com.techpro.callclient.testkit.soak.script.TextCheck;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import com.techpro.callclient.testkit.soak.settings.Parking;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Calls in virtual time with what the soak has besides: field behaviour, busy lamps, texts, and calls with a third user. */
public final class WatchedCalls implements AutoCloseable {
    final CallsInVirtualTime calls;
    public final LampCheck lamps;
    public final TextCheck texts;

    public WatchedCalls(long seed, MediaChoice caller, MediaChoice callee, FieldBehaviour... field) throws IOException {
        this(seed, List.of(caller, callee), field);
    }

    public WatchedCalls(long seed, List<MediaChoice> choices, FieldBehaviour... field) throws IOException {
        calls = CallsInVirtualTime.builder()
                .media(choices)
                .behaving(field)
                .seed(seed)
                .start();
        lamps = new LampCheck(calls.loop());
        texts = new TextCheck(calls.time().random("texts"));
    }

    public CallResult call() {
        return call(SoakPhoneSystem.OnHold.SILENCE);
    }

    /** @param held what the PBX does to whom is put on hold */
    public CallResult call(SoakPhoneSystem.OnHold held) {
        calls.users().forEach(lamps::begin);
        CallResult record = calls.call(held, texts::exchange, this::over);
        settle();
        return record;
    }

    /** One with more than two users. */
    public Featured call(CallFeature feature) {
        List<CallResult> records = new ArrayList<>();
        List<FeatureRecord> done = new ArrayList<>();
        calls.users().subList(0, feature.users()).forEach(lamps::begin);
        calls.loop()
                .execute(() -> calls.inProgress()
                        .start(
                                calls.nextNumber(),
                                feature,
                                calls.nextScript(),
                                calls.users().subList(0, feature.users()),
                                host(records, done)));
        calls.awaitOne(done);
        settle();
        return new Featured(done.get(0), records);
    }

    private FeatureHost host(List<CallResult> records, List<FeatureRecord> done) {
        return new FeatureHost() {
            @Override
            public boolean remembered(FeatureCall call) {
                return call.isIn(calls.client().people().history().snapshot().entries());
            }

            @Override
            public void ended(ScriptedCall call) {
                WatchedCalls.this.over(call);
            }

            @Override
            public void judged(CallResult call) {
                records.add(call);
            }

            @Override
            public void done(FeatureRecord result) {
                done.add(result);
            }

            @Override
            public Parking parking() {
                return EmbeddedPhoneSystem.parking(calls.pbx());
            }
        };
    }

    /** What became of it, and the calls of which it was made. */
    record Featured(FeatureRecord record, List<CallResult> calls) {}

    /** Everybody's lamp is watched, and texts are written. */
    public void watchAndListen() {
        lamps.watch(calls.users());
        texts.listen(calls.users());
        calls.time().runUntil(lamps::allIdle, Duration.ofSeconds(20));
    }

    private void over(ScriptedCall call) {
        call.lampChanges().forEach(lamps::ended);
    }

    private void settle() {
        for (int i = 0; i < 20 && !(lamps.allJudged() && texts.isSettled()); i++) {
            calls.time().advance(Duration.ofSeconds(1));
        }
    }

    @Override
    public void close() {
        calls.close();
    }
}
