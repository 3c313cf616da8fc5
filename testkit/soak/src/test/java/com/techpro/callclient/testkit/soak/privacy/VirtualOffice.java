// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.privacy;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.Call;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.CallEnding;
import com.techpro.callclient.engine.CallEvent;
import com.techpro.callclient.engine.CallSnapshot;
import com.techpro.callclient.engine.CallState;
import com.techpro.callclient.engine.ClientCounters;
import com.techpro.callclient.engine.Failure;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A PBX and phones on a simulated network, in virtual time: for promises about what happens over hours. */
final class VirtualOffice implements AutoCloseable {
    static final String PBX = "10.0.0.1";
    static final String PASSWORD = "Canary-Password-7731";

    final VirtualTime time = VirtualTime.seeded(7);
    final SimulatedNetwork network = new SimulatedNetwork(time, 7);
    final EmbeddedPbx pbx;
    private final List<Phone> phones = new ArrayList<>();

    VirtualOffice() {
        pbx = EmbeddedPbx.builder()
                .address(PBX)
                .extension("1001", PASSWORD)
                .extensions("1002")
                .random(time.random("pbx"))
                .start(network.host(PBX), time);
    }

    Phone phone(String extension, UnaryOperator<CallClientConfig.Builder> settings) {
        return phone(pbx.account(extension).build(), "10.0.1." + extension.substring(3), settings);
    }

    Phone phone(SipAccount account, String address, UnaryOperator<CallClientConfig.Builder> settings) {
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
        Call call = caller.account.dial(callee.account.sipAccount().user());
        until(() -> callee.incoming != null);
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

        Phone(SipAccount sipAccount, String address, UnaryOperator<CallClientConfig.Builder> settings) {
            this.address = address;
            client = CallClient.create(settings.apply(CallClientConfig.builder()
                            .schedulers(time)
                            .network(network.host(address))
                            .audio(microphone)
                            .random(time.random(address))
                            .callbacks(Runnable::run)
                            .listener(this)
                            .failures((thread, failure) -> {
                                throw new AssertionError("a task of the engine failed", failure);
                            }))
                    .build());
            account = client.addAccount(sipAccount);
        }

        boolean isRegistered() {
            return account.registration().state() == RegistrationState.REGISTERED;
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
        }
    }
}
