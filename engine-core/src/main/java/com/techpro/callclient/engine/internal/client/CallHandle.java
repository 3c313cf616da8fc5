// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.internal.call.Line;

/** A call as the host holds it. From any thread. */
final class CallHandle implements Call {
    private final CallSession session;
    private final Line line;
    private final Gate gate;

    CallHandle(CallSession session, Line line, Gate gate) {
        this.session = session;
        this.line = line;
        this.gate = gate;
    }

    CallSession session() {
        return session;
    }

    /** The account's. */
    Line line() {
        return line;
    }

    @Override
    public String id() {
        return session.id();
    }

    @Override
    public CallSnapshot snapshot() {
        return session.snapshot();
    }

    @Override
    public void answer(CallOptions options) {
        gate.requireAnswerable();
        session.answer(options);
    }

    @Override
    public void reject(RejectReason reason) {
        gate.requireOpen();
        session.reject(reason);
    }

    @Override
    public void hangUp() {
        gate.requireOpen();
        session.hangUp();
    }

    @Override
    public void hold() {
        gate.requireOpen();
        session.hold();
    }

    @Override
    public void resume() {
        gate.requireOpen();
        session.resume();
    }

    @Override
    public void sendDtmf(String tones) {
        gate.requireOpen();
        session.sendDtmf(tones);
    }

    @Override
    public void merge(Call other) {
        if (equals(other)) {
            throw new IllegalArgumentException("a call is merged with another");
        }
        if (!(other instanceof CallHandle call)) {
            throw new IllegalArgumentException("calls of one client are merged");
        }
        gate.requireOpen();
        session.merge(call.session);
    }

    @Override
    public void setMuted(boolean muted) {
        gate.requireOpen();
        session.setMuted(muted);
    }

    @Override
    public String toString() {
        return "Call[" + id() + "]";
    }
}
