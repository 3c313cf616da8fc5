// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.call.AudioLevels;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.call.VoiceEffects;
import com.techpro.callclient.engine.message.MessageOutcome;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The phone's account on a real engine. */
record EngineAccount(CallClient client, Account account) implements PhoneAccount {
    private static final Duration GOODBYES = Duration.ofSeconds(3);

    @Override
    public PhoneCall dial(String target) {
        return new EngineCall(account.dial(target));
    }

    @Override
    public void sendMessage(String target, String text, Consumer<MessageOutcome> outcome) {
        account.sendMessage(target, text)
                .thenAccept(outcome)
                .toCompletableFuture()
                .exceptionally(never -> null);
    }

    @Override
    public void shutdown(Runnable whenDone) {
        client.shutdown(GOODBYES).thenRun(whenDone).toCompletableFuture().exceptionally(never -> null);
    }

    /** A call of the engine. */
    record EngineCall(Call call) implements PhoneCall {
        @Override
        public String id() {
            return call.id();
        }

        @Override
        public CallSnapshot snapshot() {
            return call.snapshot();
        }

        @Override
        public void answer() {
            var unused = call.answer();
        }

        @Override
        public void reject(RejectReason reason) {
            var unused = call.reject(reason);
        }

        @Override
        public void silence() {
            var unused = call.silence();
        }

        @Override
        public void hangUp() {
            call.hangUp();
        }

        @Override
        public void hold() {
            var unused = call.hold();
        }

        @Override
        public void resume() {
            var unused = call.resume();
        }

        @Override
        public void sendDtmf(String tones) {
            var unused = call.sendDtmf(tones);
        }

        @Override
        public void setMuted(boolean muted) {
            var unused = call.setMuted(muted);
        }

        @Override
        public AudioLevels audioLevels() {
            return call.audioLevels();
        }

        @Override
        public VoiceEffects voiceEffects() {
            return call.voiceEffects();
        }

        @Override
        public void useDevices(@Nullable String microphone, @Nullable String speaker) {
            var unused = call.useDevices(microphone, speaker);
        }
    }
}
