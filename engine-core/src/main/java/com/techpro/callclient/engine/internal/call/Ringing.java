// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.internal.call.context.CallContext;
import com.techpro.callclient.engine.internal.call.machine.CallInput;
import com.techpro.callclient.engine.internal.call.machine.CallPhase;
import com.techpro.callclient.engine.internal.call.machine.Forwarding;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How long one call rings, and where it is forwarded while it rings. Belongs to the loop. */
final class Ringing {
    private final CallContext context;
    private final CallTimers timers;
    private final Supplier<CallPhase> phase;
    private final Consumer<CallInput> mailbox;
    /** Null for an outgoing call. */
    private final @Nullable ForwardingChoice forwarding;

    private boolean pickedUp;

    /** @param phase returns the call's current phase */
    Ringing(
            CallContext context,
            CallTimers timers,
            Supplier<CallPhase> phase,
            Consumer<CallInput> mailbox,
            @Nullable ForwardingChoice forwarding) {
        this.context = context;
        this.timers = timers;
        this.phase = phase;
        this.mailbox = mailbox;
        this.forwarding = forwarding;
    }

    /** Starts the timer of a call that nobody answers. */
    void start() {
        Duration whole = context.limits().ringTimeout();
        Duration limit = forwarding == null ? whole : forwarding.answerTime();
        Duration rest = whole.minus(limit);
        timers.startRinging(limit, () -> {
            if (forward(forwarding == null || pickedUp ? null : forwarding.unanswered())) {
                return;
            }
            if (rest.isZero()) {
                timeout();
            } else {
                timers.startRinging(rest, this::timeout);
            }
        });
    }

    private void timeout() {
        mailbox.accept(new CallInput.RingTimeout());
    }

    /** The user answers: from now on the call is not forwarded because nobody does. */
    void pickedUp() {
        pickedUp = true;
    }

    /**
     * Forwards because the user wants it.
     *
     * @return false if the organisation forbids it
     */
    boolean forward(SipUri somebody) {
        return forward(forwarding == null ? null : forwarding.deflection(somebody));
    }

    /**
     * Forwards because the user is busy.
     *
     * @return false if no forwarding applies
     */
    boolean forwardRejected() {
        return forward(forwarding == null ? null : forwarding.whenRejected());
    }

    private boolean forward(@Nullable Forwarding to) {
        if (to == null || !(phase.get() instanceof CallPhase.Incoming)) {
            return false;
        }
        mailbox.accept(new CallInput.Forward(to));
        return true;
    }
}
