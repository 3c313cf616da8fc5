// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.script;

import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.pbx.trace.StateMark;
import com.techpro.callclient.testkit.soak.driver.CallLeg;
import com.techpro.callclient.testkit.soak.driver.CallResult;
import com.techpro.callclient.testkit.soak.driver.EndMedia;
import com.techpro.callclient.testkit.soak.driver.Extension;
import com.techpro.callclient.testkit.soak.driver.Verification;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects the results of a {@link FeatureCall}, and reports them once it has ended and everything
 * is judged. Owned by the soak's loop.
 */
final class FeatureReport {
    private final int number;
    private final CallFeature feature;
    private final LongSupplier nanoTime;
    private final Judge judge;
    private final FeatureHost host;
    private final Conversation first;
    private final Conversation consultation;
    private final Conversation after;
    private List<StateMark> states = List.of();
    private List<String> ids = List.of();
    private @Nullable String problem;
    private boolean consulting;
    private boolean over;
    private int judging;

    /**
     * For one call.
     *
     * @param users as they take part: caller, callee, third, fourth
     * @param host receives the records of the dialled call and of the consultation, as of other
     *     calls, and then the result of the feature
     */
    FeatureReport(
            int number,
            CallFeature feature,
            List<Extension> users,
            LongSupplier nanoTime,
            Judge judge,
            FeatureHost host) {
        this.number = number;
        this.feature = feature;
        this.nanoTime = nanoTime;
        this.judge = judge;
        this.host = host;
        Extension caller = users.get(0);
        Extension third = users.get(2);
        this.first = new Conversation(caller, feature.joins() ? users.get(1) : users.get(feature.users() - 1));
        this.consultation = new Conversation(caller, third);
        this.after = new Conversation(users.get(1), third);
    }

    /** Judges what two users have heard so far. */
    interface Judge {
        void judge(CallLeg caller, CallLeg callee, Consumer<Verification.Heard> found);
    }

    /** Two users who talk with each other. */
    private static final class Conversation {
        private final Extension caller;
        private final Extension callee;
        private @Nullable Duration setUp;
        private long begun;
        private Duration talked = Duration.ZERO;
        private Verification.Heard heard = Verification.Heard.NOTHING;
        private List<EndMedia> media = List.of();

        Conversation(Extension caller, Extension callee) {
            this.caller = caller;
            this.callee = callee;
        }

        void begin(Duration took, long now) {
            setUp = took;
            begun = now;
        }

        CallResult record(int number, @Nullable String problem, List<StateMark> states, List<String> ids) {
            return new CallResult(
                    number,
                    caller.index(),
                    callee.index(),
                    setUp,
                    talked,
                    problem,
                    heard.speech(),
                    List.of(),
                    0,
                    0,
                    0,
                    List.of(),
                    heard.stalls(),
                    media,
                    states,
                    ids);
        }
    }

    void connected(Duration setUp) {
        first.begin(setUp, nanoTime.getAsLong());
    }

    void consulting() {
        consulting = true;
    }

    void consulted(Duration setUp) {
        consultation.begin(setUp, nanoTime.getAsLong());
    }

    /** Judges the speech of the caller and the user reached first. */
    void judgeFirst(CallLeg caller, CallLeg callee) {
        judge(first, caller, callee);
    }

    void judgeConsultation(CallLeg caller, CallLeg callee) {
        judge(consultation, caller, callee);
    }

    /** Judges the speech of the two connected users. */
    void judgeAfter(CallLeg one, CallLeg other) {
        judge(after, one, other);
    }

    private void judge(Conversation talk, CallLeg caller, CallLeg callee) {
        judging++;
        talk.talked = Duration.ofNanos(nanoTime.getAsLong() - talk.begun);
        talk.media = EndMedia.of(callee, caller);
        judge.judge(caller, callee, heard -> {
            talk.heard = heard;
            judging--;
            tellIfDone();
        });
    }

    /**
     * @param why the script did not get to its end; null if it did
     * @param changes of the users' calls
     * @param calls their ids within the client
     */
    void over(@Nullable String why, List<StateMark> changes, List<String> calls) {
        over = true;
        problem = why;
        states = changes;
        ids = calls;
        tellIfDone();
    }

    private void tellIfDone() {
        if (!over || judging > 0) {
            return;
        }
        List<SpeechVerdict> brought = feature.joins() ? after.heard.speech() : first.heard.speech();
        CallResult call = first.record(number, problem, states, ids);
        if (problem == null && !brought.stream().allMatch(CallResult::isFaultless)) {
            call = first.record(number, "audio-not-verified-" + feature.code(), states, ids);
        }
        host.judged(call);
        if (consulting) {
            host.judged(consultation.record(number, problem, states, ids));
        }
        host.done(new FeatureRecord(feature, problem, brought, consulting ? 2 : 1));
    }
}
