// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.judge.speech.Recording;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.verify.CallCheck;
import com.techpro.callclient.testkit.judge.verify.Excuse;
import com.techpro.callclient.testkit.judge.verify.RecordingCheck;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.soak.driver.UnverifiedSpeech;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** Lets two users leave each other a message at the same time, each finding the other busy. */
final class AppMessages {
    /** After the greeting was skipped: the beep, and several seconds of speech. */
    private static final Duration SPEAKS = Duration.ofSeconds(6);

    private static final Duration LEAST = Duration.ofSeconds(4);
    /** A phone may append silence, or lose some at the end. */
    private static final Duration ROUNDED = Duration.ofMillis(300);

    private final Await.OnLoop waiting;
    private final RecordingCheck check;
    private final UnverifiedSpeech unverified;
    private final List<Duration> toldAfter = new ArrayList<>();

    AppMessages(Await.OnLoop waiting, RecordingCheck check, UnverifiedSpeech unverified) {
        this.waiting = waiting;
        this.check = check;
        this.unverified = unverified;
    }

    /**
     * Returns for each message how long it took from the end of its call until the user was
     * notified.
     */
    List<Duration> toldAfter() {
        return List.copyOf(toldAfter);
    }

    /** Returns the first user's message and the other's. */
    List<AppPhone.Message> leave(AppPhone one, AppPhone other) {
        AppPhone.Message first = one.beginMessage(other);
        AppPhone.Message second = other.beginMessage(one);
        waiting.pass(SPEAKS, () -> false);
        first.end();
        second.end();
        return List.of(first, second);
    }

    /** Waits until a user is notified of a message. */
    void told(AppPhone ear, AppPhone.Message message) {
        toldAfter.add(ear.told(message));
    }

    /**
     * Plays a user's message; returns empty if it has the spoken words, else what was wrong.
     *
     * @param hearer the index of the hearing user
     * @param speaker the index of the speaking one
     */
    String listen(AppPhone ear, AppPhone mouth, int hearer, int speaker) {
        PlaybackSnapshot played = ear.playMessage();
        Duration length = played.duration();
        if (played.state() != PlaybackSnapshot.State.ENDED || length == null || length.compareTo(LEAST) < 0) {
            return played.state() + ", " + played.problem() + ", " + length;
        }
        Recording heard = ear.heard();
        int from = firstSound(heard.samples());
        int to = Math.min(heard.samples().length, from + samples(length));
        if (to - from < samples(length.minus(ROUNDED))) {
            return "played only " + (to - from) * 1_000L / SpeechClip.SAMPLE_RATE + " ms of " + length.toMillis()
                    + " ms";
        }
        short[] message = Arrays.copyOfRange(heard.samples(), from, to);
        Recording left = mouth.heardWhenLeaving();
        // At most the recorded length before the end of the call: the other user's simultaneous
        // speech is elsewhere.
        long latest = left.from() + left.samples().length - message.length + samples(ROUNDED);
        OptionalLong begin = RecordingCheck.begin(mouth.talk(), message, left.from(), latest);
        if (begin.isEmpty()) {
            return "other-sound";
        }
        List<Excuse> excuses = new ArrayList<>();
        heard.stalls().forEach(stall -> excuses.add(CallCheck.excuse(stall, heard.from() + from)));
        left.stalls().forEach(stall -> excuses.add(CallCheck.excuse(stall, begin.getAsLong())));
        SpeechVerdict verdict = check.judge(mouth.talk(), message, begin.getAsLong(), excuses);
        Recording judged = new Recording(message, begin.getAsLong(), List.of());
        CallCheck.Ear direction = new CallCheck.Ear(mouth.talk(), judged, List.of(), List.of());
        unverified.keepMessage(speaker, hearer, direction, verdict);
        return verdict.verified()
                ? ""
                : verdict.outcome().code() + ", " + Math.round(verdict.gapPercent() * 100) / 100.0 + " %";
    }

    private static int firstSound(short[] samples) {
        int at = 0;
        while (at < samples.length && samples[at] == 0) {
            at++;
        }
        return at;
    }

    private static int samples(Duration time) {
        return (int) (time.toMillis() * SpeechClip.SAMPLE_RATE / 1_000);
    }
}
