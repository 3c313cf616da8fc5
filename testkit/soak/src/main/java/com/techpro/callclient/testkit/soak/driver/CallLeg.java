// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.MediaKeying;
import com.techpro.callclient.engine.failure.SipStatus;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.pbx.trace.StateMark;
import com.techpro.callclient.testkit.soak.audio.AudioClock;
import com.techpro.callclient.testkit.soak.audio.SoakAudio;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One end of a call: its extension, its sound card, and the schedule of what it should hear. Owned
 * by the soak's loop.
 */
public final class CallLeg {
    /**
     * After this time, audio from before a hold has arrived or faded, even if the machine stalled.
     * The engine's jitter buffer holds at most 400 ms, the ring behind it 160 ms, the longest
     * concealment is 60 ms, and a card plays what it has.
     */
    private static final Duration SILENCE_SETTLES = Duration.ofMillis(700);

    private final Extension extension;
    private final SpeechSource talk;
    private final SoakAudio audio;
    private final StringBuilder keysHeard = new StringBuilder();
    /** When the far end talks to this one: every word counts, the first too. */
    final CallSchedule speech = new CallSchedule(Duration.ZERO);
    /** When nothing must be heard. */
    final CallSchedule silence = new CallSchedule(SILENCE_SETTLES);

    /** The changes of its call, for a ladder. */
    private final List<StateMark> states = new ArrayList<>();

    private @Nullable Call call;
    private @Nullable CallSnapshot latest;
    private String name = "";
    /** By the loop's {@code nanoTime}. */
    private long dialledAt;

    private @Nullable Duration untilRinging;
    private @Nullable Duration untilAnswered;
    private @Nullable Duration untilTalking;
    private boolean continues;
    private boolean rejoins;

    public Extension extension() {
        return extension;
    }

    public String number() {
        return extension.number();
    }

    public SpeechSource talk() {
        return talk;
    }

    public SoakAudio audio() {
        return audio;
    }

    /** Sets the first part of the code for an unexpected end of its call. */
    public void name(String first) {
        name = first;
    }

    String name() {
        return name;
    }

    /** Its call is dialled, or answered, at this {@code nanoTime}. */
    public void dialled(long nanoTime) {
        dialledAt = nanoTime;
    }

    public Duration sinceDialled(long nanoTime) {
        return Duration.ofNanos(nanoTime - dialledAt);
    }

    /** Returns the time from dialling until it rang; null if it did not. */
    public @Nullable Duration untilRinging() {
        return untilRinging;
    }

    public @Nullable Duration untilAnswered() {
        return untilAnswered;
    }

    public @Nullable Duration untilTalking() {
        return untilTalking;
    }

    void begin(Call next) {
        call = next;
    }

    public boolean hasCall() {
        return call != null;
    }

    boolean hasCall(Call one) {
        return call != null && call.id().equals(one.id());
    }

    public Call call() {
        return Objects.requireNonNull(call, "the step before made it");
    }

    void hears(char key) {
        keysHeard.append(key);
    }

    public String keysHeard() {
        return keysHeard.toString();
    }

    /** Whether it is an end of a call that continued with another far end. */
    boolean continues() {
        return continues;
    }

    /** Whether it was away while the far end, without notice, kept speaking. */
    boolean rejoins() {
        return rejoins;
    }

    void rejoined() {
        rejoins = true;
    }

    public CallLeg(Extension extension, SpeechSource talk, SoakAudio audio) {
        this.extension = extension;
        this.talk = talk;
        this.audio = audio;
    }

    /**
     * Returns the same end of a call that continues with another far end; the part until then is
     * judged separately.
     */
    CallLeg continued() {
        CallLeg next = new CallLeg(extension, talk, audio);
        next.continues = true;
        next.call = call;
        next.latest = latest;
        next.name = name;
        next.dialledAt = dialledAt;
        next.untilRinging = untilRinging;
        next.untilAnswered = untilAnswered;
        next.untilTalking = untilTalking;
        next.states.addAll(states);
        return next;
    }

    void changed(CallSnapshot after, Instant now, long nanoTime) {
        changed(after, now);
        Duration until = sinceDialled(nanoTime);
        untilRinging = untilRinging == null && after.ringing() != null ? until : untilRinging;
        untilAnswered = untilAnswered == null && after.state() == CallState.ESTABLISHED ? until : untilAnswered;
        untilTalking = untilTalking == null && talks() ? until : untilTalking;
    }

    private void changed(CallSnapshot after, Instant now) {
        CallSnapshot before = latest;
        if (before == null || !inWords(before).equals(inWords(after))) {
            states.add(new StateMark(now, extension.number(), inWords(after)));
        }
        latest = after;
    }

    /** Takes the state of a call that has begun, of which no event tells. */
    public void begun(CallSnapshot now) {
        latest = now;
    }

    /** Returns the status that ended its call, if one did. */
    @Nullable
    SipStatus status() {
        return latest == null ? null : latest.status();
    }

    /** Returns how its call ended; null while it has not. */
    public @Nullable CallEnding ending() {
        return latest == null ? null : latest.ending();
    }

    /** Returns the id of its call within the client; null before there is one. */
    @Nullable
    public String id() {
        return latest == null ? null : latest.id();
    }

    public List<StateMark> states() {
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

    /** Returns the codec, keys and path in use; null before they are agreed. */
    @Nullable
    public EndMedia media() {
        CallSnapshot now = latest;
        String codec = now == null ? null : now.codec();
        MediaKeying keying = now == null ? null : now.keying();
        return codec == null || keying == null
                ? null
                : new EndMedia(codec, keying, extension.media().path());
    }

    /**
     * Whether it is established and has media keys. With DTLS a handshake supplies them after the
     * answer (RFC 5763 §5), and nothing is heard before.
     */
    public boolean talks() {
        CallSnapshot now = latest;
        return now != null
                && now.state() == CallState.ESTABLISHED
                && (now.keying() == MediaKeying.NONE || now.cipher() != null);
    }

    /** Whether there is no call, or no more. */
    public boolean isGone() {
        CallSnapshot now = latest;
        return call == null || (now != null && now.state() == CallState.ENDED);
    }

    public HoldState hold() {
        CallSnapshot now = latest;
        return now == null ? HoldState.NONE : now.hold();
    }

    /** Whether it talks with the user of the other end. */
    boolean isWith(CallLeg other) {
        CallSnapshot now = latest;
        return now != null
                && talks()
                && other.extension.number().equals(now.remote().user());
    }

    @Nullable
    public CallQuality quality() {
        CallSnapshot now = latest;
        return now == null ? null : now.quality();
    }

    public CallOptions options() {
        return CallOptions.DEFAULT.withAudio(audio);
    }

    /**
     * From now on nothing is due. Earlier speech is still on its way, which does not matter. A late
     * card plays its remaining frames under the new conditions, whenever they were due.
     */
    void nothingDue(AudioClock clock) {
        long position = clock.played();
        speech.end(position);
        silence.end(position);
    }
}
