// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.stack.jdk.JdkSchedulers;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.Sound;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The other end of the phone's calls: an engine without Android, whose microphone hears a tone. */
final class Colleague implements CallClientListener, AutoCloseable {
    private final ExecutorService callbacks = Executors.newSingleThreadExecutor();
    private final JdkSchedulers schedulers = new JdkSchedulers();
    private final FakeAudio audio;
    private final CallClient client;
    private final Account account;
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private volatile Call call;

    Colleague(SipAccount at, Sound says) {
        audio = new FakeAudio(schedulers.openLoop("colleague", (thread, failure) -> failures.add(failure)))
                .microphone(says);
        client = CallClient.create(CallClientConfig.builder()
                .platform(p -> p.audio(audio))
                .tones(CallTones.OFF)
                .callbacks(callbacks)
                .listener(this)
                .failures((thread, failure) -> failures.add(failure))
                .build());
        account = client.addAccount(at);
    }

    boolean isRegistered() {
        return account.registration().state() == RegistrationState.REGISTERED;
    }

    @Override
    public void incomingCall(Call incoming, CallSnapshot snapshot) {
        call = incoming;
        incoming.answer();
    }

    Call dials(String number) {
        call = account.dial(number);
        return call;
    }

    /** The latest call; null before there is one. */
    Call call() {
        return call;
    }

    /** As {@link CallSound#hears}. */
    double hears(double hertz) {
        return CallSound.amplitudeAtEnd(hertz, audio.heard(), audio.heardRate());
    }

    void forget() {
        audio.forgetHeard();
    }

    /** How much was heard since {@link #forget}, in seconds. */
    double heardSeconds() {
        return (double) audio.heard().length / audio.heardRate();
    }

    double loudness() {
        return Sound.rootMeanSquare(audio.heard());
    }

    @Override
    public void close() {
        client.close();
        schedulers.close();
        callbacks.shutdownNow();
    }
}
