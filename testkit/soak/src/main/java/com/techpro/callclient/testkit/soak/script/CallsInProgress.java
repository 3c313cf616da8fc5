// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.script;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.soak.audio.AudioClock;
import com.techpro.callclient.testkit.soak.audio.SoakAudio;
import com.techpro.callclient.testkit.soak.driver.CallLeg;
import com.techpro.callclient.testkit.soak.driver.CallResult;
import com.techpro.callclient.testkit.soak.driver.Extension;
import com.techpro.callclient.testkit.soak.driver.ScriptedCall;
import com.techpro.callclient.testkit.soak.driver.Verification;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Makes the soak's calls, routes the engine's events to them, and submits their speech for
 * judgement. Owned by the soak's loop.
 */
public final class CallsInProgress {
    private static final int RECORDED_SECONDS = 60;

    private final Loop loop;
    private final AudioClock clock;
    private final SpeechClip clip;
    private final Verification verification;
    private final ScriptedCall.Shared shared;
    private final Map<String, ScriptedCall> byCallId = new HashMap<>();
    private final List<ScriptedCall> calls = new ArrayList<>();
    private int judging;
    private int most;

    public CallsInProgress(Loop loop, AudioClock clock, SpeechClip clip, Verification verification) {
        this.loop = loop;
        this.clock = clock;
        this.clip = clip;
        this.verification = verification;
        this.shared = new ScriptedCall.Shared(loop, clock, this::begun, this::forget);
    }

    /** Returns how many calls have not ended or been judged yet. */
    public int unfinished() {
        return calls.size() + judging;
    }

    public int active() {
        return (int) calls.stream().filter(ScriptedCall::established).count();
    }

    public int mostAtOnce() {
        return most;
    }

    /** Resets the count of calls at once. */
    public void forgetMostAtOnce() {
        most = 0;
    }

    /**
     * Starts a call.
     *
     * @param held how the phone system treats a held side
     * @param talking called each time when the two begin to talk
     * @param over called when the extensions are free again
     * @param judged receives the call's record, later
     */
    public void start(
            int number,
            CallScript script,
            Extension from,
            Extension to,
            SoakPhoneSystem.OnHold held,
            BiConsumer<Extension, Extension> talking,
            Consumer<ScriptedCall> over,
            Consumer<CallResult> judged) {
        int start = script.begins(clip.length());
        int apart = script.apart(clip.length());
        SoakCall call = new SoakCall(
                number,
                script,
                held,
                side(from, start),
                side(to, (start + apart) % clip.length()),
                shared,
                talking,
                ended -> {
                    over.accept(ended);
                    judge(ended, judged);
                });
        most = Math.max(most, calls.size() + 1);
        start(call);
    }

    private void begun(Call call, ScriptedCall of) {
        byCallId.put(call.id(), of);
    }

    /**
     * Starts a call with more than two users.
     *
     * @param users as many as the feature wants: caller, callee, third, fourth
     */
    public void start(int number, CallFeature feature, CallScript script, List<Extension> users, FeatureHost host) {
        int start = script.begins(clip.length());
        List<CallLeg> ends = new ArrayList<>();
        for (int i = 0; i < users.size(); i++) {
            ends.add(side(users.get(i), (start + i * clip.length() / users.size()) % clip.length()));
        }
        FeatureCall call = new FeatureCall(
                feature,
                script,
                ends,
                side(users.get(0), start),
                shared,
                new FeatureReport(
                        number,
                        feature,
                        users,
                        loop::nanoTime,
                        (caller, callee, found) -> verify(number, caller, callee, found),
                        host),
                host);
        most = Math.max(most, calls.size() + 1);
        start(call);
    }

    /**
     * Starts an unjudged call that tests the phone system's capabilities.
     *
     * @param holdsAndKeys whether both ends hold and press a key
     */
    public ProbeCall probe(Extension from, Extension to, boolean holdsAndKeys) {
        ProbeCall call = new ProbeCall(holdsAndKeys, side(from, 0), side(to, clip.length() / 2), shared);
        start(call);
        return call;
    }

    private void start(ScriptedCall call) {
        calls.add(call);
        call.start();
    }

    public void incoming(Call call) {
        for (ScriptedCall waiting : calls) {
            for (CallLeg leg : waiting.awaitingRing()) {
                if (isOf(leg.extension(), call)) {
                    begun(call, waiting);
                    waiting.rings(leg, call);
                    return;
                }
            }
        }
        call.hangUp();
    }

    public void changed(Call call, CallEvent event) {
        ScriptedCall known = byCallId.get(call.id());
        if (known != null) {
            known.changed(call, event);
        }
    }

    public void breakOff() {
        List.copyOf(calls).forEach(ScriptedCall::breakOff);
    }

    private CallLeg side(Extension extension, int start) {
        SpeechSource talk = new SpeechSource(clip, start);
        return new CallLeg(extension, talk, SoakAudio.wideband(clock, talk, RECORDED_SECONDS));
    }

    private void forget(ScriptedCall call) {
        calls.remove(call);
        byCallId.values().removeIf(known -> known == call);
    }

    private void judge(SoakCall call, Consumer<CallResult> judged) {
        if (call.setUp() == null) {
            judged.accept(call.record(Verification.Heard.NOTHING));
            return;
        }
        verify(call.number(), call.caller(), call.callee(), heard -> judged.accept(call.record(heard)));
    }

    private void verify(int number, CallLeg caller, CallLeg callee, Consumer<Verification.Heard> found) {
        judging++;
        verification.judge(
                number,
                caller,
                callee,
                heard -> loop.execute(() -> {
                    judging--;
                    found.accept(heard);
                }));
    }

    private static boolean isOf(Extension extension, Call call) {
        return extension.account().calls().stream().anyMatch(own -> own.id().equals(call.id()));
    }
}
