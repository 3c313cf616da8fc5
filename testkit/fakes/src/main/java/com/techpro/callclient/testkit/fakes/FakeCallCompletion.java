// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.presence.CallCompletion;
import com.techpro.callclient.engine.presence.CallCompletionOutcome;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import java.util.concurrent.CompletionStage;

/**
 * A request to call an extension when it is free. The call is dialled as soon as the test reports by
 * {@link FakeAccount#extensionIs} that the extension is idle and the account has no other call. All
 * methods may be called from any thread.
 */
public final class FakeCallCompletion implements CallCompletion {
    private final FakeContext context;
    private final FakeExtensions extensions;
    private final String extension;
    private final CallOptions options;
    private final Answer<CallCompletionOutcome> answer;
    private boolean over;

    FakeCallCompletion(FakeContext context, FakeExtensions extensions, String extension, CallOptions options) {
        this.context = context;
        this.extensions = extensions;
        this.extension = extension;
        this.options = options;
        this.answer = context.open(new CallCompletionOutcome.Cancelled());
    }

    /** Reacts to a change of the lamp, or to the end of a call. Under the context's lock. */
    void follow() {
        LampState now = extensions.reading(extension).state();
        if (over || context.isClosed()) {
            return;
        }
        if (now.isLasting()) {
            end(new CallCompletionOutcome.Unwatchable(now));
        } else if (now == LampState.IDLE && extensions.isFree() && !context.isLocked()) {
            over = true;
            end(new CallCompletionOutcome.Called(extensions.dial(extension, options)));
        }
    }

    /** Under the context's lock. */
    void cancelNow() {
        if (!over) {
            end(new CallCompletionOutcome.Cancelled());
        }
    }

    private void end(CallCompletionOutcome outcome) {
        over = true;
        extensions.remove(this);
        context.tell(answer, outcome);
    }

    /** The time of the request is up. Does nothing once there is an outcome. */
    public void expires() {
        context.run(() -> {
            if (!over) {
                end(new CallCompletionOutcome.Expired());
            }
        });
    }

    @Override
    public CompletionStage<CallCompletionOutcome> outcome() {
        return answer.stage();
    }

    @Override
    public void cancel() {
        if (!context.isClosed()) {
            context.run(this::cancelNow);
        }
    }
}
