// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.SipRegistrar;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.lock.AppLock.Proof;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The engine at a PBX, in virtual time; another one is the far end. */
final class EngineSubject implements ClientSubject {
    private static final String PBX = "10.0.0.1";
    private static final String PASSWORD = "right";

    private final VirtualTime time = VirtualTime.seeded(23);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 23);
    private final EmbeddedPbx pbx = EmbeddedPbx.builder()
            .address(PBX)
            .extension("1001", PASSWORD)
            .extension("1003", PASSWORD)
            .extensions(FAR)
            .random(time.random("pbx"))
            .start(network.host(PBX), time);
    private final CallClient client = client("10.0.0.2", new CallClientListener() {});
    private @Nullable Call farCall;
    private final CallClient farEnd = client("10.0.0.3", new CallClientListener() {
        @Override
        public void incomingCall(Call call, CallSnapshot snapshot) {
            farCall = call;
        }
    });

    EngineSubject() {
        farEnd.addAccount(pbx.account(FAR).build());
        settle();
    }

    private CallClient client(String address, CallClientListener listener) {
        FakeAudio audio = new FakeAudio(time.openLoop("audio-" + address));
        return CallClient.create(CallClientConfig.builder()
                .lab(lab -> lab.schedulers(time).network(network.host(address)).random(time.random(address)))
                .platform(p -> p.audio(audio).store(new FakeSecureStore(new FakeSecureStore.Disk())))
                .tones(CallTones.OFF)
                .callbacks(Runnable::run)
                .listener(listener)
                .failures((thread, failure) -> {
                    throw new AssertionError("a task of the engine failed", failure);
                })
                .build());
    }

    @Override
    public CallClient client() {
        return client;
    }

    @Override
    public void settle() {
        time.advance(A_WHILE);
    }

    @Override
    public SipAccount sipAccount() {
        return pbx.account("1001").build();
    }

    @Override
    public SipAccount anotherAccount() {
        return pbx.account("1003").build();
    }

    @Override
    public CompletionStage<LoginResult> login() {
        return client.login(
                SipRegistrar.phoneSystem(),
                Login.of("1001@pbx.test", Secret.of(PASSWORD))
                        .at(pbx.address(SipTransport.TLS))
                        .trusting(pbx.tlsTrust()));
    }

    @Override
    public Proof password() {
        return new Proof.Password(Secret.of(PASSWORD));
    }

    @Override
    public CompletionStage<LockOutcome> tryWrongPin() {
        return client.lock().unlockWithPin(Secret.of("not " + UserContract.PIN));
    }

    @Override
    public CompletionStage<LockOutcome> tryPin() {
        return client.lock().unlockWithPin(Secret.of(UserContract.PIN));
    }

    @Override
    public CompletionStage<LockOutcome> tryPassword() {
        return client.lock().unlock(Secret.of(PASSWORD));
    }

    @Override
    public void farEndCalls(Account account) {
        farCall = farEnd.accounts().get(0).dial("1001");
    }

    @Override
    public void farEndAnswers() {
        farCall().answer();
    }

    @Override
    public void farEndRejects(boolean busy) {
        farCall().reject(busy ? RejectReason.BUSY : RejectReason.DECLINED);
    }

    @Override
    public void farEndHangsUp() {
        farCall().hangUp();
    }

    @Override
    public void farEndHolds() {
        farCall().hold();
    }

    @Override
    public void farEndResumes() {
        farCall().resume();
    }

    private Call farCall() {
        return Objects.requireNonNull(farCall, "no call arrived at the far end");
    }

    @Override
    public void close() {
        client.close();
        farEnd.close();
        settle();
        pbx.close();
        network.close();
        time.close();
    }
}
