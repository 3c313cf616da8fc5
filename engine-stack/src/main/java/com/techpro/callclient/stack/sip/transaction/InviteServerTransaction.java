// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The INVITE server transaction: RFC 3261 §17.2.1 as corrected by RFC 6026 §7.1.
 *
 * <pre>
 *               | INVITE: to the user; start the 200 ms after which a 100 is sent
 *               v
 *          PROCEEDING                                               TERMINATED
 *          |   |  transport error: tell the user                       ^  ^  ^
 *          |   |  1xx from the user: send                              |  |  |
 *          |   |  INVITE: send the last 1xx again                      |  |  |
 *          |   +-- 2xx from the user: send --> ACCEPTED -- L ----------+  |  |
 *          |                                     INVITE: absorb           |  |
 *          |                                     2xx from the user: send  |  |
 *          |                                     ACK: to the user         |  |
 *          |   300-699 from the user: send                                |  |
 *          v                                                              |  |
 *      COMPLETED -- H ----------------------------------------------------+  |
 *          |   INVITE, or G: send it again                                   |
 *          | ACK                                                             |
 *          v                                                                 |
 *      CONFIRMED -- I -------------------------------------------------------+
 *              ACK: absorb
 * </pre>
 *
 * A transport error ends no state (RFC 6026 §8.8): the answer may find another way, and the timers end what is left.
 */
final class InviteServerTransaction
        extends Transaction<
                InviteServerTransaction.State, InviteServerTransaction.Input, InviteServerTransaction.Effect>
        implements ServerMachine {
    enum State {
        PROCEEDING,
        ACCEPTED,
        COMPLETED,
        CONFIRMED,
        TERMINATED
    }

    enum Input {
        START,
        INVITE,
        ACK,
        PROVISIONAL,
        SUCCESS,
        FAILURE,
        /** 200 ms without a response from the user. */
        TIMER_TRYING,
        TIMER_G,
        TIMER_H,
        TIMER_I,
        TIMER_L,
        TRANSPORT_ERROR
    }

    enum Effect {
        SEND_TRYING,
        SEND,
        SEND_AGAIN,
        PASS_ACK_UP,
        TELL_TRANSPORT_ERROR,
        START_TRYING,
        START_G,
        DOUBLE_G,
        START_H,
        START_I,
        START_L,
        STOP_TIMERS
    }

    /** §17.2.1; Accepted and timer L: RFC 6026 §7.1; a transport error changes no state: §8.8. */
    static final TransitionTable<State, Input, Effect> TABLE = TransitionTable.<State, Input, Effect>of(
                    State.class, Input.class)
            .on(State.PROCEEDING, Input.START, State.PROCEEDING, Effect.START_TRYING)
            .on(State.PROCEEDING, Input.TIMER_TRYING, State.PROCEEDING, Effect.SEND_TRYING)
            .on(State.PROCEEDING, Input.INVITE, State.PROCEEDING, Effect.SEND_AGAIN)
            .on(State.PROCEEDING, Input.PROVISIONAL, State.PROCEEDING, Effect.STOP_TIMERS, Effect.SEND)
            .on(State.PROCEEDING, Input.SUCCESS, State.ACCEPTED, Effect.STOP_TIMERS, Effect.START_L, Effect.SEND)
            .on(
                    State.PROCEEDING,
                    Input.FAILURE,
                    State.COMPLETED,
                    Effect.STOP_TIMERS,
                    Effect.START_G,
                    Effect.START_H,
                    Effect.SEND)
            .on(State.PROCEEDING, Input.TRANSPORT_ERROR, State.PROCEEDING, Effect.TELL_TRANSPORT_ERROR)
            .on(State.ACCEPTED, Input.SUCCESS, State.ACCEPTED, Effect.SEND)
            .on(State.ACCEPTED, Input.ACK, State.ACCEPTED, Effect.PASS_ACK_UP)
            .on(State.ACCEPTED, Input.TIMER_L, State.TERMINATED)
            .on(State.COMPLETED, Input.INVITE, State.COMPLETED, Effect.SEND_AGAIN)
            .on(State.COMPLETED, Input.TIMER_G, State.COMPLETED, Effect.DOUBLE_G, Effect.SEND_AGAIN)
            .on(State.COMPLETED, Input.TIMER_H, State.TERMINATED)
            .on(State.COMPLETED, Input.ACK, State.CONFIRMED, Effect.STOP_TIMERS, Effect.START_I)
            .on(State.CONFIRMED, Input.TIMER_I, State.TERMINATED)
            .endingIn(State.TERMINATED);

    private @Nullable SipRequest invite;
    private @Nullable SipResponse last;
    private Duration intervalG;

    InviteServerTransaction(SipRequest invite, Surroundings surroundings) {
        super(TABLE, State.PROCEEDING, surroundings);
        this.invite = invite;
        this.intervalG = timers().g();
    }

    void start() {
        input(Input.START);
    }

    /** A retransmitted INVITE, or the ACK of this transaction. */
    @Override
    public boolean received(SipRequest request) {
        return input(request.isMethod("ACK") ? Input.ACK : Input.INVITE).contains(Effect.PASS_ACK_UP);
    }

    @Override
    public void respond(SipResponse response) {
        Input kind =
                response.isProvisional() ? Input.PROVISIONAL : response.isSuccess() ? Input.SUCCESS : Input.FAILURE;
        if (state() == State.PROCEEDING || (state() == State.ACCEPTED && kind == Input.SUCCESS)) {
            last = response;
        }
        input(kind);
    }

    @Override
    public boolean transportFailed() {
        return input(Input.TRANSPORT_ERROR).contains(Effect.TELL_TRANSPORT_ERROR);
    }

    /**
     * Responses take another flow from now on. The last one is sent again on it, as if the INVITE
     * had been retransmitted.
     */
    void moved() {
        input(Input.INVITE);
    }

    @Override
    void perform(Effect effect) {
        switch (effect) {
            case SEND_TRYING -> sendTrying();
            case SEND, SEND_AGAIN -> sendLast();
            case PASS_ACK_UP, TELL_TRANSPORT_ERROR -> {} // returned to the caller
            case START_TRYING -> startRepetition(Input.TIMER_TRYING, Timers.TRYING);
            case START_G -> repeatUnlessReliable();
            case DOUBLE_G -> {
                intervalG = timers().doubled(intervalG);
                repeatUnlessReliable();
            }
            case START_H -> startLimit(Input.TIMER_H, timers().h());
            case START_I -> startLimit(Input.TIMER_I, timers().i(isReliable()));
            case START_L -> {
                startLimit(Input.TIMER_L, timers().l());
                invite = null; // timer L lasts 32 s: hold little until then
            }
            case STOP_TIMERS -> stopTimers();
        }
    }

    private void sendTrying() {
        SipRequest current = invite;
        if (current != null) {
            last = SipResponse.respondTo(current, 100).build();
            sendLast();
        }
    }

    private void sendLast() {
        SipResponse current = last;
        if (current != null) {
            wire().send(current);
        }
        if (state() == State.ACCEPTED) {
            last = null; // the user repeats 2xx, not this transaction
        }
    }

    private void repeatUnlessReliable() {
        if (!isReliable()) {
            startRepetition(Input.TIMER_G, intervalG);
        }
    }
}
