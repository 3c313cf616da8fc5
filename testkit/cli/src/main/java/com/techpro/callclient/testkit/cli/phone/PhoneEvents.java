// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.engine.tone.ToneProblem;

/** Forwards the engine's events to the phone; called on the phone's scheduler. */
record PhoneEvents(Phone phone) implements CallClientListener {
    @Override
    public void registrationChanged(Account account, RegistrationSnapshot after) {
        phone.registrationChanged(after);
    }

    @Override
    public void incomingCall(Call call, CallSnapshot snapshot) {
        phone.incomingCall(new EngineAccount.EngineCall(call), snapshot);
    }

    @Override
    public void messageReceived(Account account, TextMessage message) {
        phone.messageReceived(message);
    }

    @Override
    public void toneUnavailable(ToneProblem problem) {
        phone.toneUnavailable(problem);
    }

    @Override
    public void callChanged(Call call, CallEvent event) {
        phone.callChanged(call.id(), event);
    }
}
