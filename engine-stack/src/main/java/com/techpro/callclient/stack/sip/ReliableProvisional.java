// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A reliable provisional response of this side. It is repeated until its PRACK arrives (RFC 3262
 * §3): first after T1, then at doubled intervals, up to 64*T1. Belongs to the loop.
 */
public final class ReliableProvisional {
    /** The option tag of RFC 3262. */
    public static final String OPTION = "100rel";

    private final EngineLoop loop;
    private final ServerTransactionHandle invite;
    private final SipResponse response;
    private final Runnable unacknowledged;
    private final Duration limit;
    private final String expected;
    private final long rseq;
    private Duration interval;
    private Duration waited = Duration.ZERO;
    private @Nullable Timer timer;
    private boolean acknowledged;

    ReliableProvisional(
            EngineLoop loop,
            Duration t1,
            ServerTransactionHandle invite,
            SipResponse.Builder response,
            long rseq,
            Runnable unacknowledged) {
        this.loop = loop;
        this.invite = invite;
        this.unacknowledged = unacknowledged;
        this.response =
                response.set("Require", OPTION).set("RSeq", Long.toString(rseq)).build();
        this.rseq = rseq;
        this.expected = rseq + " " + invite.request().cseq().number() + " INVITE";
        this.interval = t1;
        this.limit = t1.multipliedBy(64);
        send();
    }

    /** Returns the response as sent. */
    public SipResponse response() {
        return response;
    }

    /** Returns the RSeq, which distinguishes it from others to the same INVITE (RFC 3262 §7.1). */
    long rseq() {
        return rseq;
    }

    public boolean isAcknowledged() {
        return acknowledged;
    }

    /**
     * Processes a PRACK.
     *
     * @return whether it is for this response; if not, answer it with 481
     */
    public boolean acknowledge(SipRequest prack) {
        String rack = prack.header("RAck");
        boolean matches = rack != null && rack.trim().replaceAll("\\s+", " ").equals(expected);
        if (matches) {
            acknowledged = true;
            stop();
        }
        return matches;
    }

    /** A final response was sent: stops waiting for a PRACK (§3). */
    public void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void send() {
        invite.respond(response);
        Duration left = limit.minus(waited);
        Duration wait = interval.compareTo(left) < 0 ? interval : left;
        timer = loop.schedule(wait, () -> {
            timer = null;
            waited = waited.plus(wait);
            interval = interval.multipliedBy(2);
            if (waited.compareTo(limit) >= 0) {
                unacknowledged.run();
            } else {
                send();
            }
        });
    }
}
