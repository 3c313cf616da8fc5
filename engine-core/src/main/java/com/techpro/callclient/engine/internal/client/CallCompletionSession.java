// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.presence.LampReading;
import com.techpro.callclient.engine.internal.presence.LampSubscription;
import com.techpro.callclient.engine.presence.CallCompletion;
import com.techpro.callclient.engine.presence.CallCompletionOutcome;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request to call an extension when it is free. Belongs to the loop, except for the host's
 * methods.
 */
final class CallCompletionSession implements CallCompletion {
    /**
     * The time that networks offer (ETSI EN 300 357: T3, the subscription's duration, up to 45
     * minutes).
     */
    static final Duration LIMIT = Duration.ofMinutes(45);

    private final LampSubscriptions subscriptions;
    private final OutgoingCalls calls;
    private final AccountSession account;
    private final String extension;
    private final SipUri target;
    private final CallOptions options;
    private final Answer<CallCompletionOutcome> answer;
    private final Consumer<CallCompletionSession> ended;
    private final Consumer<LampReading> watcher = this::follow;
    private @Nullable LampSubscription lamp;
    private @Nullable Timer limit;
    private boolean over;

    /** @param ended called at the end */
    CallCompletionSession(
            LampSubscriptions subscriptions,
            OutgoingCalls calls,
            AccountSession account,
            String extension,
            SipUri target,
            CallOptions options,
            Answer<CallCompletionOutcome> answer,
            Consumer<CallCompletionSession> ended) {
        this.subscriptions = subscriptions;
        this.calls = calls;
        this.account = account;
        this.extension = extension;
        this.target = target;
        this.options = options;
        this.answer = answer;
        this.ended = ended;
    }

    /** @param timer ends the request when the time is up */
    void open(Timer timer) {
        limit = timer;
        lamp = subscriptions.open(account, target, watcher);
        follow();
    }

    AccountSession account() {
        return account;
    }

    /** Reacts to a change of the lamp, or to the end of a call of the account. */
    void follow() {
        if (lamp == null) {
            follow(LampReading.of(subscriptions.closedState()));
        } else {
            follow(lamp.reading());
        }
    }

    private void follow(LampReading reading) {
        LampState now = reading.state();
        if (over) {
            return;
        }
        if (now == LampState.CLOSED) {
            end(new CallCompletionOutcome.Cancelled());
        } else if (now.isLasting()) {
            end(new CallCompletionOutcome.Unwatchable(now));
        } else if (now == LampState.IDLE
                && !account.isRemoved()
                && !calls.isInCall(account)
                && !subscriptions.gate().isLocked()
                && !subscriptions.gate().isClosed()) {
            end(new CallCompletionOutcome.Called(calls.dial(account, extension, options)));
        }
    }

    void end(CallCompletionOutcome outcome) {
        if (over) {
            return;
        }
        over = true;
        if (limit != null) {
            limit.cancel();
        }
        ended.accept(this);
        // Later, because the lamp may be in the middle of a notification.
        subscriptions.onLoop(() -> subscriptions.close(account, target, watcher));
        answer.tell(outcome);
    }

    @Override
    public CompletionStage<CallCompletionOutcome> outcome() {
        return answer.stage();
    }

    @Override
    public void cancel() {
        if (!subscriptions.gate().isClosed()) {
            subscriptions.onLoop(() -> end(new CallCompletionOutcome.Cancelled()));
        }
    }

    @Override
    public String toString() {
        return "CallCompletion[redacted]";
    }
}
