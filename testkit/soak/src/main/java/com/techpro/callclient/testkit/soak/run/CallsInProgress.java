// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.testkit.soak.speech.AudioClock;
import com.techpro.callclient.testkit.soak.speech.SoakAudio;
import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.speech.SpeechSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** Makes the soak's calls, routes the engine's events to them, and has their speech judged when they are over. Of the soak's loop. */
final class CallsInProgress {
    private static final int RECORDED_SECONDS = 60;
    /** The two voices of a call are at least this far apart in the clip, so that an ear that hears its own mouth is found out. */
    private static final double APART = 0.3;

    private final Loop loop;
    private final AudioClock clock;
    private final SpeechClip clip;
    private final Verification verification;
    private final Random random;
    private final Map<String, SoakCall> byCallId = new HashMap<>();
    private final List<SoakCall> calls = new ArrayList<>();
    private int judging;
    private int most;

    CallsInProgress(Loop loop, AudioClock clock, SpeechClip clip, Verification verification, Random random) {
        this.loop = loop;
        this.clock = clock;
        this.clip = clip;
        this.verification = verification;
        this.random = random;
    }

    /** Calls not over, or not judged yet. */
    int unfinished() {
        return calls.size() + judging;
    }

    int active() {
        return (int) calls.stream().filter(SoakCall::established).count();
    }

    int mostAtOnce() {
        return most;
    }

    /**
     * Starts a call.
     *
     * @param held what the phone system does to whom is put on hold
     * @param over hears when the extensions are free again
     * @param judged gets the call's record, later
     */
    void start(
            int number,
            CallScript script,
            Extension from,
            Extension to,
            PhoneSystem.OnHold held,
            Consumer<SoakCall> over,
            Consumer<CallRecord> judged) {
        int start = random.nextInt(clip.length());
        int apart = (int) (clip.length() * (APART + (1 - 2 * APART) * random.nextDouble()));
        SoakCall call = new SoakCall(
                number,
                script,
                held,
                side(from, start),
                side(to, (start + apart) % clip.length()),
                loop,
                clock,
                ended -> {
                    forget(ended);
                    over.accept(ended);
                    judge(ended, judged);
                });
        calls.add(call);
        most = Math.max(most, calls.size());
        call.start();
        Call dialled = call.caller().call;
        if (dialled != null) {
            byCallId.put(dialled.id(), call);
        }
    }

    void incoming(Call call) {
        for (SoakCall waiting : calls) {
            if (waiting.callee().call == null && isOf(waiting.callee().extension, call)) {
                byCallId.put(call.id(), waiting);
                waiting.rings(call);
                return;
            }
        }
        call.hangUp();
    }

    void changed(Call call, CallEvent event) {
        SoakCall known = byCallId.get(call.id());
        if (known != null) {
            Call dialled = known.caller().call;
            boolean atCaller = dialled != null && dialled.id().equals(call.id());
            known.changed(atCaller ? known.caller() : known.callee(), event);
        }
    }

    void breakOff() {
        List.copyOf(calls).forEach(SoakCall::breakOff);
    }

    private CallLeg side(Extension extension, int start) {
        SpeechSource talk = new SpeechSource(clip, start);
        return new CallLeg(extension, talk, SoakAudio.wideband(clock, talk, RECORDED_SECONDS));
    }

    private void forget(SoakCall call) {
        calls.remove(call);
        byCallId.values().removeIf(known -> known == call);
    }

    private void judge(SoakCall call, Consumer<CallRecord> judged) {
        if (!call.wasConnected()) {
            judged.accept(call.record(Verification.Heard.NOTHING));
            return;
        }
        judging++;
        verification.judge(
                call.caller(),
                call.callee(),
                heard -> loop.execute(() -> {
                    judging--;
                    judged.accept(call.record(heard));
                }));
    }

    private static boolean isOf(Extension extension, Call call) {
        return extension.account().calls().stream().anyMatch(own -> own.id().equals(call.id()));
    }
}
