// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import org.jspecify.annotations.Nullable;

/**
 * The server transaction of every method but INVITE and ACK: RFC 3261 §17.2.2.
 *
 * <pre>
 *              | request: to the user
 *              v
 *           TRYING ---- transport error ---------------------------> TERMINATED
 *           |   |  request: absorb                                     ^   ^
 *   1xx from|   | 200-699 from the user: send                          |   |
 *   the user|   |                                                      |   |
 *           v   |                                                      |   |
 *     PROCEEDING ---- transport error ---------------------------------+   |
 *           |   |  1xx from the user: send; request: send it again         |
 *           v   v                                                          |
 *         COMPLETED -- J, or transport error ------------------------------+
 *              request: send the response again
 * </pre>
 */
final class ServerTransaction
        extends Transaction<ServerTransaction.State, ServerTransaction.Input, ServerTransaction.Effect>
        implements ServerMachine {
    enum State {
        TRYING,
        PROCEEDING,
        COMPLETED,
        TERMINATED
    }

    enum Input {
        REQUEST,
        PROVISIONAL,
        FINAL,
        TIMER_J,
        TRANSPORT_ERROR
    }

    enum Effect {
        SEND,
        SEND_AGAIN,
        TELL_TRANSPORT_ERROR,
        START_J
    }

    /** §17.2.2. */
    static final TransitionTable<State, Input, Effect> TABLE = TransitionTable.<State, Input, Effect>of(
                    State.class, Input.class)
            .on(State.TRYING, Input.PROVISIONAL, State.PROCEEDING, Effect.SEND)
            .on(State.TRYING, Input.FINAL, State.COMPLETED, Effect.SEND, Effect.START_J)
            .on(State.TRYING, Input.TRANSPORT_ERROR, State.TERMINATED, Effect.TELL_TRANSPORT_ERROR)
            .on(State.PROCEEDING, Input.REQUEST, State.PROCEEDING, Effect.SEND_AGAIN)
            .on(State.PROCEEDING, Input.PROVISIONAL, State.PROCEEDING, Effect.SEND)
            .on(State.PROCEEDING, Input.FINAL, State.COMPLETED, Effect.SEND, Effect.START_J)
            .on(State.PROCEEDING, Input.TRANSPORT_ERROR, State.TERMINATED, Effect.TELL_TRANSPORT_ERROR)
            .on(State.COMPLETED, Input.REQUEST, State.COMPLETED, Effect.SEND_AGAIN)
            .on(State.COMPLETED, Input.TIMER_J, State.TERMINATED)
            .on(State.COMPLETED, Input.TRANSPORT_ERROR, State.TERMINATED)
            .endingIn(State.TERMINATED);

    /** Sends the last response. Timer J lasts 32 s over UDP: hold little until then. */
    private @Nullable Runnable last;

    ServerTransaction(Surroundings surroundings) {
        super(TABLE, State.TRYING, surroundings);
    }

    /** A retransmitted request. */
    @Override
    public boolean received(SipRequest request) {
        input(Input.REQUEST);
        return false;
    }

    @Override
    public void respond(SipResponse response) {
        if (state() == State.TRYING || state() == State.PROCEEDING) {
            last = wire().sender(response);
        }
        input(response.isProvisional() ? Input.PROVISIONAL : Input.FINAL);
    }

    @Override
    public boolean transportFailed() {
        return input(Input.TRANSPORT_ERROR).contains(Effect.TELL_TRANSPORT_ERROR);
    }

    @Override
    void perform(Effect effect) {
        switch (effect) {
            case SEND, SEND_AGAIN -> {
                Runnable current = last;
                if (current != null) {
                    current.run();
                }
            }
            case TELL_TRANSPORT_ERROR -> {} // returned to the caller
            case START_J -> startLimit(Input.TIMER_J, timers().j(isReliable()));
        }
    }
}
