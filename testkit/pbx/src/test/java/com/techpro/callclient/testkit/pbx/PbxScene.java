// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.ClientCounters;
import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceSnapshot;
import com.techpro.callclient.engine.diagnostics.RefusedRequest;
import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A PBX and the engine's phones on one simulated network, in virtual time. */
final class PbxScene implements AutoCloseable {
    static final String PBX = "10.0.0.1";

    final VirtualTime time;
    final SimulatedNetwork network;
    final EmbeddedPbx pbx;
    private final List<Phone> phones = new ArrayList<>();

    PbxScene(long seed, UnaryOperator<PbxBuilder> settings) {
        time = VirtualTime.seeded(seed);
        network = new SimulatedNetwork(time, seed);
        pbx = settings.apply(EmbeddedPbx.builder()
                        .address(PBX)
                        .extensions("1001", "1002", "1003")
                        .ringGroup("2000", "1002", "1003")
                        .noAnswer(Duration.ofSeconds(30))
                        .random(time.random("pbx")))
                .start(network.host(PBX), time);
    }

    /** A phone of an extension, over TLS. */
    Phone phone(String extension) {
        return phone(extension, pbx.account(extension).build());
    }

    Phone phone(String extension, SipAccount account) {
        return phone(extension, account, config -> config);
    }

    Phone phone(String extension, SipAccount account, UnaryOperator<CallClientConfig.Builder> settings) {
        Phone phone = new Phone(extension, account, settings);
        phones.add(phone);
        return phone;
    }

    void pass(Duration length) {
        time.advance(length);
    }

    void until(BooleanSupplier condition) {
        until(condition, Duration.ofSeconds(10));
    }

    void until(BooleanSupplier condition, Duration limit) {
        time.runUntil(condition, limit);
    }

    /** Two phones in a call, from dialling to talking. */
    Call talk(Phone caller, Phone callee) {
        return talk(caller, callee.extension, callee);
    }

    Call talk(Phone caller, String number, Phone callee) {
        Call out = caller.account.dial(number);
        until(() -> callee.incoming != null);
        callee.incoming.answer();
        until(() -> out.snapshot().state() == CallState.ESTABLISHED
                && callee.incoming.snapshot().state() == CallState.ESTABLISHED);
        return out;
    }

    /** Nothing is left of any call, on either side. */
    void assertQuiet() {
        pass(Duration.ofSeconds(40));
        assertThat(pbx.state().activeCalls()).as("calls in the PBX").isZero();
        assertThat(pbx.state().mediaPorts()).as("media ports of the PBX").isZero();
        assertThat(pbx.openTransactions()).as("transactions in the PBX").isZero();
        for (Phone phone : phones) {
            ClientCounters counters = phone.counters();
            assertThat(counters.calls()).as("calls").isZero();
            assertThat(counters.dialogs()).as("dialogs").isZero();
            assertThat(counters.transactions()).as("transactions").isZero();
            assertThat(counters.mediaSessions()).as("media sessions").isZero();
            assertThat(phone.audio.openStreams()).as("open devices").isZero();
        }
    }

    @Override
    public void close() {
        phones.forEach(phone -> phone.client.close());
        pass(Duration.ofSeconds(10));
        pbx.close();
        pass(Duration.ofSeconds(1));
        assertThat(network.openLinks()).as("sockets left").isZero();
        network.close();
        time.close();
    }

    /** One client with one account, and everything it was told. */
    final class Phone implements CallClientListener {
        final String extension;
        final FakeAudio audio;
        final CallClient client;
        final Account account;
        final List<CallEvent> events = new ArrayList<>();
        final List<MessagesWaiting> messages = new ArrayList<>();
        final List<ConferenceSnapshot> conferences = new ArrayList<>();
        final List<RefusalReason> refused = new ArrayList<>();
        Call incoming;

        private Phone(String extension, SipAccount account, UnaryOperator<CallClientConfig.Builder> settings) {
            this.extension = extension;
            this.audio = new FakeAudio(time.openLoop("audio-" + extension));
            this.client = CallClient.create(settings.apply(CallClientConfig.builder()
                            .lab(lab -> lab.schedulers(time)
                                    .network(network.host("10.0." + phones.size() + "." + extension.substring(2)))
                                    .random(time.random(extension + phones.size())))
                            .platform(p -> p.audio(audio))
                            .tones(CallTones.OFF)
                            .callbacks(Runnable::run)
                            .listener(this)
                            .failures((thread, failure) -> {
                                throw new AssertionError("a task of the engine failed", failure);
                            }))
                    .build());
            this.account = client.addAccount(account);
        }

        @Override
        public void messagesWaitingChanged(Account told, MessagesWaiting after) {
            messages.add(after);
        }

        Phone registered() {
            until(() -> account.registration().state() == RegistrationState.REGISTERED);
            return this;
        }

        Phone speaking(double hertz) {
            audio.microphone(Sound.tone(hertz, 8_000));
            return this;
        }

        /** How loud a tone is in what the speaker plays from now on. */
        /** Tenths of a second apart: where media takes another way, the tone's phase changes. */
        double hears(double hertz) {
            audio.forgetHeard();
            pass(Duration.ofSeconds(1));
            short[] heard = audio.heard();
            int tenth = audio.heardRate() / 10;
            return IntStream.range(0, heard.length / tenth)
                    .mapToDouble(i -> Sound.amplitudeOf(
                            hertz, Arrays.copyOfRange(heard, i * tenth, (i + 1) * tenth), audio.heardRate()))
                    .average()
                    .orElse(0);
        }

        ClientCounters counters() {
            var counters = client.counters().toCompletableFuture();
            until(counters::isDone);
            return counters.join();
        }

        /** The last ending told, or null. */
        CallEnding ending() {
            return events.stream()
                    .filter(CallEvent.Ended.class::isInstance)
                    .map(event -> ((CallEvent.Ended) event).ending())
                    .reduce((first, second) -> second)
                    .orElse(null);
        }

        /** The keys the other side pressed. */
        String keys() {
            StringBuilder keys = new StringBuilder();
            for (CallEvent event : events) {
                if (event instanceof CallEvent.DtmfReceived key) {
                    keys.append(key.tone());
                }
            }
            return keys.toString();
        }

        @Override
        public void incomingCall(Call call, CallSnapshot snapshot) {
            incoming = call;
        }

        @Override
        public void incomingRefused(Account told, RefusedRequest request) {
            refused.add(request.reason());
        }

        @Override
        public void conferenceChanged(Conference conference, ConferenceSnapshot after) {
            conferences.add(after);
        }

        @Override
        public void callChanged(Call call, CallEvent event) {
            events.add(event);
        }
    }
}
