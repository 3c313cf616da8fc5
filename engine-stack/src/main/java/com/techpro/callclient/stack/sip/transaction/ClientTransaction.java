// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The client transaction of every method but INVITE and ACK: RFC 3261 §17.1.2.
 *
 * <pre>
 *              | send, start E and F
 *              v
 *           TRYING ------ F, or transport error: tell the user ----> TERMINATED
 *           |   |  E: send again, double up to T2                      ^   ^
 *       1xx |   | 200-699: to the user                                 |   |
 *           v   |                                                      |   |
 *     PROCEEDING ------ F, or transport error: tell the user ----------+   |
 *           |   |  E: send again, every T2                                 |
 *           |   |  1xx: to the user                                        |
 *           v   v                                                          |
 *         COMPLETED -- K --------------------------------------------------+
 * </pre>
 */
final class ClientTransaction
        extends Transaction<ClientTransaction.State, ClientTransaction.Input, ClientTransaction.Effect>
        implements ClientMachine {
    enum State {
        TRYING,
        PROCEEDING,
        COMPLETED,
        TERMINATED
    }

    enum Input {
        START,
        PROVISIONAL,
        FINAL,
        TIMER_E,
        TIMER_F,
        TIMER_K,
        TRANSPORT_ERROR
    }

    enum Effect {
        SEND_REQUEST,
        PASS_UP,
        TELL_TIMEOUT,
        TELL_TRANSPORT_ERROR,
        START_E,
        DOUBLE_E,
        E_IS_T2,
        START_F,
        START_K,
        STOP_TIMERS
    }

    /** §17.1.2.2. */
    static final TransitionTable<State, Input, Effect> TABLE = TransitionTable.<State, Input, Effect>of(
                    State.class, Input.class)
            .on(State.TRYING, Input.START, State.TRYING, Effect.START_E, Effect.START_F, Effect.SEND_REQUEST)
            .on(State.TRYING, Input.TIMER_E, State.TRYING, Effect.DOUBLE_E, Effect.SEND_REQUEST)
            .on(State.TRYING, Input.TIMER_F, State.TERMINATED, Effect.TELL_TIMEOUT)
            .on(State.TRYING, Input.TRANSPORT_ERROR, State.TERMINATED, Effect.TELL_TRANSPORT_ERROR)
            .on(State.TRYING, Input.PROVISIONAL, State.PROCEEDING, Effect.PASS_UP)
            .on(State.TRYING, Input.FINAL, State.COMPLETED, Effect.STOP_TIMERS, Effect.PASS_UP, Effect.START_K)
            .on(State.PROCEEDING, Input.TIMER_E, State.PROCEEDING, Effect.E_IS_T2, Effect.SEND_REQUEST)
            .on(State.PROCEEDING, Input.TIMER_F, State.TERMINATED, Effect.TELL_TIMEOUT)
            .on(State.PROCEEDING, Input.TRANSPORT_ERROR, State.TERMINATED, Effect.TELL_TRANSPORT_ERROR)
            .on(State.PROCEEDING, Input.PROVISIONAL, State.PROCEEDING, Effect.PASS_UP)
            .on(State.PROCEEDING, Input.FINAL, State.COMPLETED, Effect.STOP_TIMERS, Effect.PASS_UP, Effect.START_K)
            .on(State.COMPLETED, Input.TIMER_K, State.TERMINATED)
            .on(State.COMPLETED, Input.TRANSPORT_ERROR, State.TERMINATED)
            .endingIn(State.TERMINATED);

    private final SipRequest request;
    private final ClientListener listener;
    private Duration intervalE;
    private @Nullable SipResponse response;
    private Failure transportError = new Failure.Unreachable();

    ClientTransaction(SipRequest request, ClientListener listener, Surroundings surroundings) {
        super(TABLE, State.TRYING, surroundings);
        this.request = request;
        this.listener = listener;
        this.intervalE = timers().e();
    }

    @Override
    public void start() {
        input(Input.START);
    }

    @Override
    public void received(SipResponse received) {
        response = received;
        input(received.isProvisional() ? Input.PROVISIONAL : Input.FINAL);
        response = null;
    }

    @Override
    public void transportFailed(Failure why) {
        transportError = why;
        input(Input.TRANSPORT_ERROR);
    }

    @Override
    void perform(Effect effect) {
        switch (effect) {
            case SEND_REQUEST -> wire().send(request);
            case PASS_UP -> {
                SipResponse current = response;
                if (current != null) {
                    listener.response(current);
                }
            }
            case TELL_TIMEOUT -> listener.failed(new Failure.TimedOut(Failure.Waited.RESPONSE));
            case TELL_TRANSPORT_ERROR -> listener.failed(transportError);
            case START_E -> repeatUnlessReliable();
            case DOUBLE_E -> {
                intervalE = timers().doubled(intervalE);
                repeatUnlessReliable();
            }
            case E_IS_T2 -> {
                intervalE = timers().t2();
                repeatUnlessReliable();
            }
            case START_F -> startLimit(Input.TIMER_F, timers().f());
            case START_K -> startLimit(Input.TIMER_K, timers().k(isReliable()));
            case STOP_TIMERS -> stopTimers();
        }
    }

    private void repeatUnlessReliable() {
        if (!isReliable()) {
            startRepetition(Input.TIMER_E, intervalE);
        }
    }
}
