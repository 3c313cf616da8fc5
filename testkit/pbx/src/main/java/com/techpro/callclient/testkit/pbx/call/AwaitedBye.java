// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import java.time.Duration;

/**
 * Holds a device whose far end has moved to another call. The device sends BYE, or the PBX does
 * after a while (RFC 5589 §6.1). On the signalling loop.
 */
final class AwaitedBye implements CallControl {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ActiveCalls calls;
    private final Leg leg;
    private final Timer patience;

    private AwaitedBye(ActiveCalls calls, Leg leg, Duration wait) {
        this.calls = calls;
        this.leg = leg;
        this.patience = calls.loop().schedule(wait, this::hangUp);
    }

    static void of(ActiveCalls calls, Leg leg) {
        AwaitedBye farewell = new AwaitedBye(calls, leg, PATIENCE);
        leg.handOver(farewell);
        calls.began(farewell);
    }

    @Override
    public void requested(Leg by, ServerTransactionHandle transaction) {
        boolean bye = transaction.request().isMethod("BYE");
        transaction.respond(bye ? 200 : transaction.request().isMethod("INVITE") ? 488 : 481);
        if (bye) {
            drop();
        }
    }

    @Override
    public void cancelled(Leg by) {
        leg.refuse(487);
    }

    @Override
    public void acknowledged(Leg by, SipRequest ack) {}

    @Override
    public void lost(Leg by) {
        hangUp();
    }

    @Override
    public void release(Leg by) {
        patience.cancel();
        calls.ended(this);
    }

    @Override
    public void hangUp() {
        leg.refuse(487);
        leg.bye(null);
        drop();
    }

    @Override
    public void drop() {
        patience.cancel();
        leg.close();
        calls.ended(this);
    }
}
