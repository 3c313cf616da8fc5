// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call that is never answered. On the signalling loop. */
public final class RingingCall implements CallControl {
    private final ActiveCalls calls;
    private @Nullable Leg caller;
    private @Nullable Timer patience;

    public RingingCall(ActiveCalls calls) {
        this.calls = calls;
    }

    public void start(Leg from, ServerTransactionHandle invite, Duration noAnswer) {
        caller = from;
        from.opened(invite);
        from.progress(180, null);
        patience = calls.loop().schedule(noAnswer, () -> end(480));
    }

    @Override
    public List<Leg> legs() {
        return caller == null ? List.of() : List.of(caller);
    }

    /** Refuses at once. */
    public void refuse(Leg from, ServerTransactionHandle invite, int status) {
        caller = from;
        from.opened(invite);
        end(status);
    }

    @Override
    public void requested(Leg leg, ServerTransactionHandle transaction) {
        // RFC 3261 §15.1.2: an early BYE ends the INVITE as well.
        boolean bye = transaction.request().isMethod("BYE");
        transaction.respond(bye ? 200 : 405);
        if (bye) {
            end(487);
        }
    }

    @Override
    public void cancelled(Leg leg) {
        end(487);
    }

    @Override
    public void acknowledged(Leg leg, SipRequest ack) {}

    @Override
    public void lost(Leg leg) {
        end(480);
    }

    @Override
    public void release(Leg leg) {}

    @Override
    public void hangUp() {
        end(480);
    }

    @Override
    public void drop() {
        if (patience != null) {
            patience.cancel();
        }
        if (caller != null) {
            caller.close();
        }
    }

    private void end(int status) {
        if (caller != null) {
            caller.refuse(status);
        }
        drop();
        calls.ended(this);
    }
}
