// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.soak.speech.SoakAudio.Recording;
import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.verify.CallCheck;
import com.techpro.callclient.testkit.soak.verify.Excuse;
import com.techpro.callclient.testkit.soak.verify.RecordingCheck;
import com.techpro.callclient.testkit.soak.verify.SpeechVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** Two users find each other busy and leave each other a message, both at the same time. */
final class AppMessages {
    /** After the greeting was skipped: the beep, and some seconds of speech. */
    private static final Duration SPEAKS = Duration.ofSeconds(6);

    private static final Duration LEAST = Duration.ofSeconds(4);
    /** A phone may let silence follow, or swallow it at the end. */
    private static final Duration ROUNDED = Duration.ofMillis(300);

    private final Await.OnLoop waiting;
    private final RecordingCheck check;
    private final List<Duration> toldAfter = new ArrayList<>();

    AppMessages(Await.OnLoop waiting, RecordingCheck check) {
        this.waiting = waiting;
        this.check = check;
    }

    /** How long it took each time from the end of the call that left a message until the user was told of it. */
    List<Duration> toldAfter() {
        return List.copyOf(toldAfter);
    }

    /** Returns the one's message and the other's. */
    List<AppPhone.Message> leave(AppPhone one, AppPhone other) {
        AppPhone.Message first = one.beginMessage(other);
        AppPhone.Message second = other.beginMessage(one);
        waiting.pass(SPEAKS, () -> false);
        first.end();
        second.end();
        return List.of(first, second);
    }

    /** Waits until a user is told of a message. */
    void told(AppPhone ear, AppPhone.Message message) {
        toldAfter.add(ear.told(message));
    }

    /** Plays the message that was left for a user; empty if it says what was said, else what was wrong with it. */
    String listen(AppPhone ear, AppPhone mouth) {
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
        // Before the end of the call by as much as was recorded: what the other user said at the same time is
        // elsewhere.
        long latest = left.from() + left.samples().length - message.length + samples(ROUNDED);
        OptionalLong begin = RecordingCheck.begin(mouth.talk(), message, left.from(), latest);
        if (begin.isEmpty()) {
            return "other-sound";
        }
        List<Excuse> excuses = new ArrayList<>();
        heard.stalls().forEach(stall -> excuses.add(CallCheck.excuse(stall, heard.from() + from)));
        left.stalls().forEach(stall -> excuses.add(CallCheck.excuse(stall, begin.getAsLong())));
        SpeechVerdict verdict = check.judge(mouth.talk(), message, begin.getAsLong(), excuses);
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
