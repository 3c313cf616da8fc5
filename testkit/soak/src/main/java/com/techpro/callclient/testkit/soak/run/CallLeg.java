// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.MediaKeying;
import com.techpro.callclient.testkit.pbx.trace.StateMark;
import com.techpro.callclient.testkit.soak.speech.AudioClock;
import com.techpro.callclient.testkit.soak.speech.SoakAudio;
import com.techpro.callclient.testkit.soak.speech.SpeechSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One end of a call: its extension, its sound card, and when its ear was due to hear what. Of the soak's loop. */
final class CallLeg {
    /**
     * What was said before a hold is under way no longer, and what bridges its end has faded, though the machine stood still just then: 400 ms is the most that the
     * engine's jitter buffer holds, 160 ms the most of the ring behind it, 60 ms the longest bridge, and a card plays what it has.
     */
    private static final Duration SILENCE_SETTLES = Duration.ofMillis(700);

    final Extension extension;
    final SpeechSource talk;
    final SoakAudio audio;
    final StringBuilder keysHeard = new StringBuilder();
    /** When the far end is talking to this one: each word of it counts, the first too. */
    final CallSchedule speech = new CallSchedule(Duration.ZERO);
    /** When nothing must. */
    final CallSchedule silence = new CallSchedule(SILENCE_SETTLES);

    /** How its call changed, for a ladder. */
    private final List<StateMark> states = new ArrayList<>();

    @Nullable
    Call call;

    @Nullable
    CallSnapshot latest;

    private boolean continues;
    private boolean rejoins;

    /** Whether it is an end of a call that went on with somebody else. */
    boolean continues() {
        return continues;
    }

    /** Whether it was away while the far end, which was told nothing, spoke on. */
    boolean rejoins() {
        return rejoins;
    }

    void rejoined() {
        rejoins = true;
    }

    CallLeg(Extension extension, SpeechSource talk, SoakAudio audio) {
        this.extension = extension;
        this.talk = talk;
        this.audio = audio;
    }

    /** The same end, of a call that goes on with somebody else: what was due until then is judged by itself. */
    CallLeg continued() {
        CallLeg next = new CallLeg(extension, talk, audio);
        next.continues = true;
        next.call = call;
        next.latest = latest;
        next.states.addAll(states);
        return next;
    }

    void changed(CallSnapshot after, Instant now) {
        CallSnapshot before = latest;
        if (before == null || !inWords(before).equals(inWords(after))) {
            states.add(new StateMark(now, extension.number(), inWords(after)));
        }
        latest = after;
    }

    List<StateMark> states() {
        return List.copyOf(states);
    }

    private static String inWords(CallSnapshot call) {
        StringBuilder words = new StringBuilder(word(call.state()));
        if (call.hold() != HoldState.NONE) {
            words.append(", hold ").append(word(call.hold()));
        }
        if (call.codec() != null) {
            words.append(", ").append(call.codec());
        }
        if (call.state() == CallState.ESTABLISHED) {
            words.append(", keys ").append(call.keying());
            words.append(call.keying() == MediaKeying.NONE || call.cipher() != null ? "" : " not yet");
        }
        return words.toString();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** What is spoken here, and the way it takes; null before that is agreed. */
    @Nullable
    CallMedia media() {
        CallSnapshot now = latest;
        String codec = now == null ? null : now.codec();
        MediaKeying keying = now == null ? null : now.keying();
        return codec == null || keying == null
                ? null
                : new CallMedia(codec, keying, extension.media().path());
    }

    /** Whether it is established and knows how to protect sound: with DTLS a handshake makes the keys after the answer (RFC 5763 §5), and nothing is heard before that. */
    boolean talks() {
        CallSnapshot now = latest;
        return now != null
                && now.state() == CallState.ESTABLISHED
                && (now.keying() == MediaKeying.NONE || now.cipher() != null);
    }

    CallOptions options() {
        return CallOptions.DEFAULT.withAudio(audio);
    }

    /**
     * From now on nothing is due. What was said before is still on its way, so this side of it is safe; and what a late card has yet to play, it plays as things
     * are from now on, whatever the time it was due at.
     */
    void nothingDue(AudioClock clock) {
        long position = clock.played();
        speech.end(position);
        silence.end(position);
    }
}
