// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import com.techpro.callclient.engine.call.AudioLevels;
import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.MicrophoneWarning;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.call.QualitySample;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.call.SoundLevel;
import com.techpro.callclient.engine.call.VoiceEffects;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An account whose calls the test controls; it records the phone's requests. */
final class FakeExchange implements PhoneAccount {
    final List<String> asked = new ArrayList<>();
    final List<FakeCall> calls = new ArrayList<>();

    @Override
    public PhoneCall dial(String target) {
        if (!target.matches("[a-z0-9*#:.@]+")) {
            throw new IllegalArgumentException("it holds a character that no address has");
        }
        asked.add("dial " + target);
        return add(CallDirection.OUTGOING, CallState.DIALLING, new PartyIdentity(null, target, "pbx.test"));
    }

    @Override
    public void sendMessage(String target, String text, Consumer<MessageOutcome> outcome) {
        asked.add("text " + target + ": " + text);
        outcome.accept(new MessageOutcome.Accepted("m1"));
    }

    @Override
    public void shutdown(Runnable whenDone) {
        asked.add("shutdown");
        whenDone.run();
    }

    FakeCall incoming(@Nullable String name, String user) {
        return add(CallDirection.INCOMING, CallState.INCOMING, new PartyIdentity(name, user, "pbx.test"));
    }

    private FakeCall add(CallDirection direction, CallState state, PartyIdentity party) {
        FakeCall call = new FakeCall("call-" + calls.size(), direction, state, party);
        calls.add(call);
        return call;
    }

    final class FakeCall implements PhoneCall {
        private final String id;
        private final CallDirection direction;
        private final PartyIdentity party;
        CallState state;
        HoldState hold = HoldState.NONE;

        @Nullable
        CallQuality quality;

        private FakeCall(String id, CallDirection direction, CallState state, PartyIdentity party) {
            this.id = id;
            this.direction = direction;
            this.state = state;
            this.party = party;
        }

        FakeCall becomes(CallState next) {
            state = next;
            return this;
        }

        FakeCall sounds() {
            quality = new CallQuality(
                    "PCMU",
                    SrtpSuite.AEAD_AES_256_GCM,
                    new QualitySample(
                            Instant.EPOCH,
                            4.3,
                            1.25,
                            Duration.ofMillis(3),
                            Duration.ofMillis(41),
                            Duration.ofMillis(40)),
                    new CallQuality.Sending(100, false),
                    new CallQuality.Receiving(99, 1, 2, 3, 4, null, null),
                    null,
                    null,
                    List.of());
            return this;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public CallSnapshot snapshot() {
            return CallSnapshot.builder(id, direction, party)
                    .state(state)
                    .hold(hold)
                    .encrypted(true)
                    .codecAgreed(true)
                    .quality(quality)
                    .build();
        }

        @Override
        public void answer() {
            asked.add("answer " + id);
        }

        @Override
        public void reject(RejectReason reason) {
            asked.add("reject " + id + " " + reason);
        }

        @Override
        public void silence() {
            asked.add("silence " + id);
        }

        @Override
        public void hangUp() {
            asked.add("hangUp " + id);
        }

        @Override
        public void hold() {
            asked.add("hold " + id);
        }

        @Override
        public void resume() {
            asked.add("resume " + id);
        }

        @Override
        public AudioLevels audioLevels() {
            return new AudioLevels(
                    new SoundLevel(-23.4, -9.6),
                    SoundLevel.SILENCE,
                    Set.of(MicrophoneWarning.ECHO, MicrophoneWarning.NO_SIGNAL));
        }

        @Override
        public VoiceEffects voiceEffects() {
            return new VoiceEffects(Set.of(VoiceEffect.AUTO_GAIN_CONTROL), Set.of(VoiceEffect.ECHO_CANCELLATION));
        }

        @Override
        public void useDevices(@Nullable String microphone, @Nullable String speaker) {
            asked.add("use " + id + " " + microphone + " " + speaker);
        }

        @Override
        public void sendDtmf(String tones) {
            asked.add("dtmf " + id + " " + tones);
        }

        @Override
        public void setMuted(boolean muted) {
            asked.add("muted " + id + " " + muted);
        }
    }
}
