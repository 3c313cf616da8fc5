// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceOptions;
import com.techpro.callclient.engine.internal.call.Line;
import com.techpro.callclient.engine.internal.privacy.EgressGrant;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.util.ArrayList;
import java.util.List;

/** An account as the host holds it. From any thread, except where said. */
final class AccountHandle implements Account {
    private final Line line;
    private final Accounts accounts;
    private final EgressGrant grant;
    /** On the loop. */
    private final List<Runnable> whenGone = new ArrayList<>();

    /** @param grant where its phone system may be reached; closed when the account is gone */
    AccountHandle(Line line, Accounts accounts, EgressGrant grant) {
        this.line = line;
        this.accounts = accounts;
        this.grant = grant;
    }

    @Override
    public String id() {
        return line.id();
    }

    @Override
    public SipAccount sipAccount() {
        return line.account();
    }

    @Override
    public RegistrationSnapshot registration() {
        return line.registration();
    }

    @Override
    public CallHandle dial(String target, CallOptions options) {
        return accounts.dial(line, target, options);
    }

    @Override
    public Conference join(String target, ConferenceOptions options) {
        return accounts.join(this, target, options);
    }

    @Override
    public List<Call> calls() {
        return accounts.calls(line);
    }

    @Override
    public void remove() {
        accounts.remove(line);
    }

    Line line() {
        return line;
    }

    boolean isGone() {
        return accounts.isGone(line);
    }

    /** Runs when nothing is left of the account. On the loop. */
    void whenGone(Runnable task) {
        whenGone.add(task);
    }

    /** On the loop. */
    void gone() {
        grant.close();
        List.copyOf(whenGone).forEach(Runnable::run);
    }

    @Override
    public String toString() {
        return "Account[" + id() + "]";
    }
}
