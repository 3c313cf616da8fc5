// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.ClientCounters;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A PBX and phones on a simulated network, in virtual time: for promises about what happens over hours. */
final class VirtualOffice implements AutoCloseable {
    static final String PBX = "10.0.0.1";
    /** An extension that looks like a telephone number, for calls from outside. */
    static final String ABROAD = "+4930123456";

    static final String PASSWORD = "Canary-Password-7731";

    final VirtualTime time = VirtualTime.seeded(7);
    final SimulatedNetwork network = new SimulatedNetwork(time, 7);
    final EmbeddedPbx pbx;
    private final List<Phone> phones = new ArrayList<>();

    VirtualOffice() {
        pbx = EmbeddedPbx.builder()
                .address(PBX)
                .extension("1001", PASSWORD)
                .extensions("1002", "1003", "1004", ABROAD)
                .ringGroup("2000", "1002", "1003")
                .withholding("1004")
                .random(time.random("pbx"))
                .start(network.host(PBX), time);
    }

    Phone phone(String extension, UnaryOperator<CallClientConfig.Builder> settings) {
        return phone(pbx.account(extension).build(), "10.0.1." + (phones.size() + 1), settings);
    }

    /** The first extension, over UDP, with nothing encrypted: so that a test reads what is sent. */
    Phone inClearText(String userAgent, UnaryOperator<CallClientConfig.Builder> settings) {
        SipAccount account = pbx.account("1001", SipTransport.UDP)
                .securityFloor(
                        SecurityFloor.DEFAULT.labAllowCleartextSignalling().labAllowCleartextMedia())
                .build();
        return phone(account, "10.0.1." + (phones.size() + 1), builder -> settings.apply(builder.userAgent(userAgent)));
    }

    /** Everything that went over the network, as text. */
    String text() {
        return network.trace().packets().stream()
                .map(packet -> new String(packet.payload(), StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining("\n"));
    }

    /** Calls that are turned away at once, one after the other. */
    void callRefusedNumber(Phone phone, int times) {
        for (int i = 0; i < times; i++) {
            Call call = phone.account().dial("604");
            until(() -> call.snapshot().state() == CallState.ENDED);
            time.advance(Duration.ofSeconds(1));
        }
    }

    /** An app that is not logged in to anything yet. */
    Phone app(String address, UnaryOperator<CallClientConfig.Builder> settings) {
        return phone(null, address, settings);
    }

    /** How the first extension's user logs in to nothing but SIP. */
    Login login() {
        return Login.of("1001@" + pbx.domain(), Secret.of(PASSWORD))
                .at(pbx.address(SipTransport.TLS))
                .trusting(pbx.tlsTrust());
    }

    /** What a stage came to. */
    <T> T get(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        until(future::isDone);
        return future.join();
    }

    Phone phone(@Nullable SipAccount account, String address, UnaryOperator<CallClientConfig.Builder> settings) {
        Phone phone = new Phone(account, address, settings);
        phones.add(phone);
        return phone;
    }

    void until(BooleanSupplier condition) {
        time.runUntil(condition, Duration.ofSeconds(30));
    }

    /** Two registered phones in a call. */
    Call talk(Phone caller, Phone callee) {
        until(() -> caller.isRegistered() && callee.isRegistered());
        Call call = callee.rings(caller);
        callee.incoming.answer();
        until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        return call;
    }

    @Override
    public void close() {
        phones.forEach(phone -> phone.client.close());
        time.advance(Duration.ofSeconds(6));
        pbx.close();
        network.close();
        time.close();
    }

    final class Phone implements CallClientListener {
        final FakeAudio audio = new FakeAudio(time.openLoop("audio")).microphone(Sound.tone(440, 8_000));
        final WatchedMicrophone microphone = new WatchedMicrophone(audio);
        final CallClient client;
        final Account account;
        final String address;
        private final List<CallEvent> events = new ArrayList<>();
        Call incoming;
        CallSnapshot firstHeard;

        Phone(@Nullable SipAccount sipAccount, String address, UnaryOperator<CallClientConfig.Builder> settings) {
            this.address = address;
            client = CallClient.create(settings.apply(CallClientConfig.builder()
                            .lab(lab -> lab.schedulers(time)
                                    .network(network.host(address))
                                    .random(time.random(address)))
                            .platform(p -> p.audio(microphone))
                            .callbacks(Runnable::run)
                            .listener(this)
                            .failures((thread, failure) -> {
                                throw new AssertionError("a task of the engine failed", failure);
                            }))
                    .build());
            account = sipAccount == null ? null : client.addAccount(sipAccount);
        }

        boolean isRegistered() {
            return !client.accounts().isEmpty() && account().registration().state() == RegistrationState.REGISTERED;
        }

        /** What went wrong in calls, as the app was told. */
        List<Failure> failures() {
            List<Failure> failures = new ArrayList<>();
            for (CallEvent event : events) {
                if (event instanceof CallEvent.AudioInterrupted interrupted) {
                    failures.add(interrupted.failure());
                } else if (event instanceof CallEvent.Ended ended
                        && ended.ending() instanceof CallEnding.Failed failed) {
                    failures.add(failed.failure());
                }
            }
            return failures;
        }

        ClientCounters counters() {
            var counters = client.counters().toCompletableFuture();
            until(counters::isDone);
            return counters.join();
        }

        @Override
        public void callChanged(Call call, CallEvent event) {
            events.add(event);
        }

        @Override
        public void incomingCall(Call call, CallSnapshot snapshot) {
            incoming = call;
            firstHeard = snapshot;
        }

        /** Somebody calls here. */
        Call rings(Phone caller) {
            return rings(caller, account().sipAccount().user());
        }

        /** Somebody calls a number at which this phone rings. */
        Call rings(Phone caller, String number) {
            incoming = null;
            Call call = caller.account().dial(number);
            until(() -> incoming != null);
            return call;
        }

        /** The account that was given, or came with the login. */
        Account account() {
            return account == null ? client.accounts().get(0) : account;
        }

        void hangUpAll() {
            client.calls().forEach(Call::hangUp);
            until(() -> client.calls().isEmpty());
            time.advance(Duration.ofSeconds(2));
        }

        /** The app ends; what it stored stays. */
        void quit() {
            get(client.shutdown(Duration.ofSeconds(3)));
        }
    }
}
