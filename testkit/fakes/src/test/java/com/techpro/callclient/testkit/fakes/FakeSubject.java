// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.SipRegistrar;
import com.techpro.callclient.engine.lock.AppLock.Proof;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The fake, and what its test says of the far end. */
final class FakeSubject implements ClientSubject {
    private final FakeCallClient client = new FakeCallClient();

    @Override
    public CallClient client() {
        return client;
    }

    @Override
    public void settle() {}

    @Override
    public SipAccount sipAccount() {
        return SipAccount.builder("1001", "pbx.test", Secret.of("x")).build();
    }

    @Override
    public SipAccount anotherAccount() {
        return SipAccount.builder("1003", "pbx.test", Secret.of("x")).build();
    }

    @Override
    public CompletionStage<LoginResult> login() {
        return client.login(SipRegistrar.phoneSystem(), Login.of("1001@pbx.test", Secret.of("x")));
    }

    @Override
    public Proof password() {
        return new Proof.Password(Secret.of("x"));
    }

    @Override
    public CompletionStage<LockOutcome> tryWrongPin() {
        return proving(true, () -> client.lock().unlockWithPin(Secret.of("x")));
    }

    @Override
    public CompletionStage<LockOutcome> tryPin() {
        return proving(false, () -> client.lock().unlockWithPin(Secret.of("x")));
    }

    @Override
    public CompletionStage<LockOutcome> tryPassword() {
        return proving(false, () -> client.lock().unlock(Secret.of("x")));
    }

    private CompletionStage<LockOutcome> proving(boolean wrong, Supplier<CompletionStage<LockOutcome>> attempt) {
        client.lock().proofsAreWrong(wrong);
        return attempt.get();
    }

    @Override
    public void farEndCalls(Account account) {
        ((FakeAccount) account).incomingCall(FAR);
    }

    @Override
    public void farEndAnswers() {
        client.lastCall().remoteRings();
        client.lastCall().remoteAnswers();
    }

    @Override
    public void farEndRejects(boolean busy) {
        client.lastCall().remoteRings();
        if (busy) {
            client.lastCall().remoteIsBusy();
        } else {
            client.lastCall().remoteDeclines();
        }
    }

    @Override
    public void farEndHangsUp() {
        client.lastCall().remoteHangsUp();
    }

    @Override
    public void farEndHolds() {
        client.lastCall().remoteHolds();
    }

    @Override
    public void farEndResumes() {
        client.lastCall().remoteResumes();
    }

    @Override
    public void close() {
        client.close();
    }
}
