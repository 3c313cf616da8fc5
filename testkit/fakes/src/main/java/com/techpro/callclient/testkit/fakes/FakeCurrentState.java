// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The current state of a fake client as events, which a new listener receives first. */
final class FakeCurrentState {
    private final FakeParts parts;
    private final FakeClientState state;
    private final FakeVoicemail voicemail;

    FakeCurrentState(FakeParts parts, FakeClientState state, FakeVoicemail voicemail) {
        this.parts = parts;
        this.state = state;
        this.voicemail = voicemail;
    }

    /** Under the context's lock. */
    List<Consumer<? super CallClientListener>> events() {
        List<Consumer<? super CallClientListener>> now = new ArrayList<>();
        state.accounts().forEach(account -> now.addAll(account.current(false)));
        for (Call call : parts.calls().openCalls(null)) {
            CallSnapshot snapshot = call.snapshot();
            now.add(
                    snapshot.state() == CallState.INCOMING
                            ? listener -> listener.incomingCall(call, snapshot)
                            : listener -> listener.callChanged(call, new CallEvent.StateChanged(snapshot)));
        }
        parts.conferences().open().forEach(room -> {
            var snapshot = room.snapshot();
            now.add(listener -> listener.conferenceChanged(room, snapshot));
        });
        if (parts.context().isLocked()) {
            now.add(listener -> listener.lockChanged(true));
            return now;
        }
        var doNotDisturb = parts.incomingCalls().doNotDisturbNow();
        var forwarding = parts.incomingCalls().forwardingNow();
        var favorites = parts.people().favorites().now();
        var history = parts.people().history().now();
        var texts = parts.textMessages().now();
        var messages = voicemail.now();
        now.add(listener -> listener.doNotDisturbChanged(doNotDisturb));
        now.add(listener -> listener.callForwardingChanged(forwarding));
        now.add(listener -> listener.favoritesChanged(favorites));
        now.add(listener -> listener.historyChanged(history));
        now.add(listener -> listener.textMessagesChanged(texts));
        now.add(listener -> listener.voicemailChanged(messages));
        return now;
    }
}
