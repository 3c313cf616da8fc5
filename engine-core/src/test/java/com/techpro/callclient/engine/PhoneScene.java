// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A phone system and phones on it, on one simulated network in virtual time. */
final class PhoneScene implements AutoCloseable {
    static final String DOMAIN = "192.0.2.10";
    static final Duration SOON = Duration.ofSeconds(10);

    final VirtualTime time;
    final SimulatedNetwork network;
    final TestProxy proxy;
    private final List<Phone> phones = new ArrayList<>();

    PhoneScene(long seed) {
        time = VirtualTime.seeded(seed);
        network = new SimulatedNetwork(time, seed);
        try {
            proxy = new TestProxy(network.host(DOMAIN), DOMAIN);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Phone phone(String user, String address) {
        return phone(user, address, config -> config);
    }

    Phone phone(String user, String address, UnaryOperator<CallClientConfig.Builder> settings) {
        return phone(address, account(user), settings);
    }

    Phone phone(String address, SipAccount account) {
        return phone(address, account, config -> config);
    }

    /** One behind a NAT. */
    Phone phone(SimulatedHost host, SipAccount account) {
        Phone phone = new Phone(host, account, config -> config);
        phones.add(phone);
        return phone;
    }

    Phone phone(String address, SipAccount account, UnaryOperator<CallClientConfig.Builder> settings) {
        Phone phone = new Phone(network.host(address), account, settings);
        phones.add(phone);
        return phone;
    }

    void until(BooleanSupplier condition) {
        time.runUntil(condition, SOON);
    }

    void pass(Duration length) {
        time.advance(length);
    }

    /** Two registered phones in a call. */
    Call talk(Phone caller, Phone callee) {
        Call out = caller.account.dial(callee.user);
        until(() -> callee.incoming != null);
        callee.incoming.answer();
        until(() -> out.snapshot().state() == CallState.ESTABLISHED
                && callee.incoming.snapshot().state() == CallState.ESTABLISHED);
        return out;
    }

    @Override
    public void close() {
        phones.forEach(phone -> phone.client.close());
        time.advance(Duration.ofSeconds(6));
        proxy.close();
        network.close();
        time.close();
    }

    /** One client with one account, a tone as its microphone, and everything it was told. */
    final class Phone implements CallClientListener {
        final String user;
        final FakeAudio audio;
        final CallClient client;
        final Account account;
        final List<RegistrationSnapshot> registrations = new ArrayList<>();
        final List<CallEvent> events = new ArrayList<>();
        final List<Boolean> locks = new ArrayList<>();
        final List<Call> unlocksNeeded = new ArrayList<>();
        final List<AudioRoutes> routes = new ArrayList<>();
        final List<VoicemailSnapshot> voicemails = new ArrayList<>();
        final List<PlaybackSnapshot> playbacks = new ArrayList<>();
        Call incoming;

        Phone(SimulatedHost host, SipAccount with, UnaryOperator<CallClientConfig.Builder> settings) {
            this.user = with.user();
            this.audio = new FakeAudio(time.openLoop("audio-" + user));
            client = CallClient.create(settings.apply(CallClientConfig.builder()
                            .lab(lab -> lab.schedulers(time).network(host).random(time.random(user)))
                            .platform(p -> p.audio(audio))
                            .tones(CallTones.OFF)
                            .callbacks(Runnable::run)
                            .listener(this)
                            .failures((thread, failure) -> {
                                throw new AssertionError("a task of the engine failed", failure);
                            }))
                    .build());
            account = client.addAccount(with);
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
        double hears(double hertz) {
            audio.forgetHeard();
            pass(Duration.ofSeconds(1));
            return Sound.amplitudeOf(hertz, audio.heard(), audio.heardRate());
        }

        ClientCounters counters() {
            var counters = client.counters().toCompletableFuture();
            until(counters::isDone);
            return counters.join();
        }

        <E extends CallEvent> List<E> told(Class<E> type) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }

        /** The last ending told. */
        CallEnding ending() {
            return events.stream()
                    .filter(CallEvent.Ended.class::isInstance)
                    .map(event -> ((CallEvent.Ended) event).ending())
                    .reduce((first, second) -> second)
                    .orElse(null);
        }

        void assertQuiet() {
            // Transactions linger for 64*T1 to absorb what is repeated (RFC 3261 §17).
            pass(Duration.ofSeconds(40));
            ClientCounters counters = counters();
            assertThat(counters.calls()).as("calls").isZero();
            assertThat(counters.dialogs()).as("dialogs").isZero();
            assertThat(counters.transactions()).as("transactions").isZero();
            assertThat(counters.mediaSessions()).as("media sessions").isZero();
            assertThat(counters.audioStreams()).as("audio streams").isZero();
            assertThat(audio.openStreams()).as("open devices").isZero();
        }

        @Override
        public void registrationChanged(Account of, RegistrationSnapshot after) {
            registrations.add(after);
        }

        @Override
        public void incomingCall(Call call, CallSnapshot snapshot) {
            incoming = call;
        }

        @Override
        public void audioRoutesChanged(AudioRoutes now) {
            routes.add(now);
        }

        @Override
        public void lockChanged(boolean locked) {
            locks.add(locked);
        }

        @Override
        public void unlockNeeded(Call call) {
            unlocksNeeded.add(call);
        }

        @Override
        public void voicemailChanged(VoicemailSnapshot after) {
            voicemails.add(after);
        }

        @Override
        public void playbackChanged(Playback playback, PlaybackSnapshot after) {
            playbacks.add(after);
        }

        @Override
        public void callChanged(Call call, CallEvent event) {
            events.add(event);
        }
    }

    void until(BooleanSupplier condition, Duration limit) {
        time.runUntil(condition, limit);
    }

    static SipAccount account(String user) {
        return accountBuilder(user).build();
    }

    static SipAccount.Builder accountBuilder(String user) {
        return SipAccount.builder(user, DOMAIN, Secret.of("pw-" + user))
                .transport(SipTransport.UDP)
                .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling());
    }
}
