// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.lock.AppLock.Proof;
import com.techpro.callclient.engine.lock.LockOutcome;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A client under test, with a store and no account yet, and the far end of its calls. */
interface ClientSubject extends AutoCloseable {
    String FAR = "1002";
    Duration A_WHILE = Duration.ofSeconds(2);

    CallClient client();

    /** Lets everything happen that is under way, or passes {@link #A_WHILE}. */
    void settle();

    /** Returns the account of extension 1001, to be added. */
    SipAccount sipAccount();

    /** An account of a user who is not the one that logs in. */
    SipAccount anotherAccount();

    /** Logs in as extension 1001. */
    CompletionStage<LoginResult> login();

    /** Returns the password of that login, as a proof. */
    Proof password();

    /** Tries a PIN that is wrong. */
    CompletionStage<LockOutcome> tryWrongPin();

    CompletionStage<LockOutcome> tryPin();

    CompletionStage<LockOutcome> tryPassword();

    /** The far end, extension 1002, calls the account. */
    void farEndCalls(Account account);

    void farEndAnswers();

    void farEndRejects(boolean busy);

    void farEndHangsUp();

    void farEndHolds();

    void farEndResumes();

    @Override
    void close();
}
