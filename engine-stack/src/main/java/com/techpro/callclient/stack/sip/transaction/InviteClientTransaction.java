// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The INVITE client transaction: RFC 3261 §17.1.1 as corrected by RFC 6026 §7.2.
 *
 * <pre>
 *              | send INVITE, start A and B
 *              v
 *          CALLING --- B, or transport error: tell the user ------------> TERMINATED
 *          |  |  A: send again                                               ^
 *      1xx |  +--- 2xx -----> ACCEPTED -- M ---------------------------------+
 *          v                  ^   2xx: to the user                           |
 *      PROCEEDING --- 2xx ----+                                              |
 *          |  1xx: to the user                                               |
 *          | 300-699 (also from CALLING): ACK, to the user                   |
 *          v                                                                 |
 *      COMPLETED -- D -------------------------------------------------------+
 *             300-699: ACK again
 * </pre>
 */
final class InviteClientTransaction
        extends Transaction<
                InviteClientTransaction.State, InviteClientTransaction.Input, InviteClientTransaction.Effect>
        implements ClientMachine {
    enum State {
        CALLING,
        PROCEEDING,
        COMPLETED,
        ACCEPTED,
        TERMINATED
    }

    enum Input {
        START,
        PROVISIONAL,
        SUCCESS,
        FAILURE,
        CANCEL_SENT,
        TIMER_A,
        TIMER_B,
        TIMER_D,
        TIMER_M,
        /** The 64*T1 after which a cancelled INVITE ends without a response (§9.1). */
        TIMER_CANCEL,
        TRANSPORT_ERROR
    }

    enum Effect {
        SEND_INVITE,
        SEND_ACK,
        PASS_UP,
        TELL_TIMEOUT,
        TELL_TRANSPORT_ERROR,
        START_A,
        DOUBLE_A,
        START_B,
        START_D,
        START_M,
        START_CANCEL,
        STOP_TIMERS
    }

    /** Retransmissions, the timeout, and the three kinds of response: §17.1.1.2. Accepted and timer M: RFC 6026 §7.2. */
    static final TransitionTable<State, Input, Effect> TABLE = TransitionTable.<State, Input, Effect>of(
                    State.class, Input.class)
            .on(State.CALLING, Input.START, State.CALLING, Effect.START_A, Effect.START_B, Effect.SEND_INVITE)
            .on(State.CALLING, Input.TIMER_A, State.CALLING, Effect.DOUBLE_A, Effect.SEND_INVITE)
            .on(State.CALLING, Input.TIMER_B, State.TERMINATED, Effect.TELL_TIMEOUT)
            .on(State.CALLING, Input.TRANSPORT_ERROR, State.TERMINATED, Effect.TELL_TRANSPORT_ERROR)
            .on(State.CALLING, Input.PROVISIONAL, State.PROCEEDING, Effect.STOP_TIMERS, Effect.PASS_UP)
            .on(State.CALLING, Input.SUCCESS, State.ACCEPTED, Effect.STOP_TIMERS, Effect.START_M, Effect.PASS_UP)
            .on(
                    State.CALLING,
                    Input.FAILURE,
                    State.COMPLETED,
                    Effect.STOP_TIMERS,
                    Effect.SEND_ACK,
                    Effect.PASS_UP,
                    Effect.START_D)
            .on(State.PROCEEDING, Input.PROVISIONAL, State.PROCEEDING, Effect.PASS_UP)
            .on(State.PROCEEDING, Input.SUCCESS, State.ACCEPTED, Effect.STOP_TIMERS, Effect.START_M, Effect.PASS_UP)
            .on(
                    State.PROCEEDING,
                    Input.FAILURE,
                    State.COMPLETED,
                    Effect.STOP_TIMERS,
                    Effect.SEND_ACK,
                    Effect.PASS_UP,
                    Effect.START_D)
            .on(State.PROCEEDING, Input.CANCEL_SENT, State.PROCEEDING, Effect.START_CANCEL)
            .on(State.PROCEEDING, Input.TIMER_CANCEL, State.TERMINATED, Effect.TELL_TIMEOUT)
            .on(State.PROCEEDING, Input.TRANSPORT_ERROR, State.TERMINATED, Effect.TELL_TRANSPORT_ERROR)
            .on(State.COMPLETED, Input.FAILURE, State.COMPLETED, Effect.SEND_ACK)
            .on(State.COMPLETED, Input.TIMER_D, State.TERMINATED)
            .on(State.COMPLETED, Input.TRANSPORT_ERROR, State.TERMINATED)
            .on(State.ACCEPTED, Input.SUCCESS, State.ACCEPTED, Effect.PASS_UP)
            .on(State.ACCEPTED, Input.TIMER_M, State.TERMINATED)
            .on(State.ACCEPTED, Input.TRANSPORT_ERROR, State.TERMINATED)
            .endingIn(State.TERMINATED);

    private final SipRequest invite;
    private final ClientListener listener;
    private Duration intervalA;
    private @Nullable SipResponse response;
    private @Nullable SipRequest ack;
    private Failure transportError = new Failure.Unreachable();

    InviteClientTransaction(SipRequest invite, ClientListener listener, Surroundings surroundings) {
        super(TABLE, State.CALLING, surroundings);
        this.invite = invite;
        this.listener = listener;
        this.intervalA = timers().a();
    }

    @Override
    public void start() {
        input(Input.START);
    }

    @Override
    public void received(SipResponse received) {
        response = received;
        input(received.isProvisional() ? Input.PROVISIONAL : received.isSuccess() ? Input.SUCCESS : Input.FAILURE);
        response = null;
    }

    @Override
    public void transportFailed(Failure why) {
        transportError = why;
        input(Input.TRANSPORT_ERROR);
    }

    void cancelSent() {
        input(Input.CANCEL_SENT);
    }

    SipRequest invite() {
        return invite;
    }

    @Override
    void perform(Effect effect) {
        switch (effect) {
            case SEND_INVITE -> wire().send(invite);
            case SEND_ACK -> acknowledge();
            case PASS_UP -> passUp();
            case TELL_TIMEOUT -> listener.failed(new Failure.TimedOut(Failure.Waited.RESPONSE));
            case TELL_TRANSPORT_ERROR -> listener.failed(transportError);
            case START_A -> repeatUnlessReliable();
            case DOUBLE_A -> {
                intervalA = intervalA.multipliedBy(2);
                repeatUnlessReliable();
            }
            case START_B -> startLimit(Input.TIMER_B, timers().b());
            case START_D -> startLimit(Input.TIMER_D, timers().d(isReliable()));
            case START_M -> startLimit(Input.TIMER_M, timers().m());
            case START_CANCEL -> startLimit(Input.TIMER_CANCEL, timers().b());
            case STOP_TIMERS -> stopTimers();
        }
    }

    private void repeatUnlessReliable() {
        if (!isReliable()) {
            startRepetition(Input.TIMER_A, intervalA);
        }
    }

    private void passUp() {
        SipResponse current = response;
        if (current != null) {
            listener.response(current);
        }
    }

    /**
     * §17.1.1.3: the ACK is made once, from the first failure response, and is part of this
     * transaction.
     */
    private void acknowledge() {
        SipRequest made = ack;
        SipResponse current = response;
        if (made == null && current != null) {
            made = ackFor(invite, current);
            ack = made;
        }
        if (made != null) {
            wire().send(made);
        }
    }

    private static SipRequest ackFor(SipRequest invite, SipResponse failure) {
        SipRequest.Builder builder = SipRequest.builder("ACK", invite.requestUri())
                .via(invite.topVia())
                .from(invite.from())
                .to(failure.to())
                .callId(invite.callId())
                .cseq(invite.cseq().number(), "ACK");
        invite.routes().forEach(builder::addRoute);
        return builder.build();
    }
}
