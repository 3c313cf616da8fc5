// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.signalling;

import com.techpro.callclient.engine.internal.call.machine.CallInput;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call's session timer (RFC 4028): negotiates it and runs the {@link SessionRefresh}. Belongs
 * to the loop.
 */
public final class SessionTimer {
    private final EngineLoop loop;
    private final Consumer<CallInput> inputs;
    private Duration wanted = SessionExpires.USUAL;
    private Duration shortest = SessionExpires.SHORTEST;
    private boolean updateTaken;
    private boolean stopped;
    private @Nullable SessionExpires inForce;
    private @Nullable SessionRefresh clock;
    private @Nullable Timer timer;

    SessionTimer(EngineLoop loop, Consumer<CallInput> inputs) {
        this.loop = loop;
        this.inputs = inputs;
    }

    /** Asks for a timer in our request that may begin or refresh the session. */
    void ask(SipRequest.Builder request) {
        SessionExpires.ask(request, wanted, shortest, inForce);
    }

    /** Handles a 2xx to our request. */
    void accepted(SipResponse success) {
        learn(success);
        start(SessionExpires.agreed(success));
    }

    /** Agrees a timer in our 2xx to the far end's request. */
    void accept(SipRequest request, SipResponse.Builder success) {
        learn(request);
        SessionExpires agreed = SessionExpires.answering(request);
        if (agreed != null) {
            agreed.tell(success);
        }
        start(agreed);
    }

    /**
     * Raises the interval to the minimum that a 422 asks for (§7.4).
     *
     * @return whether the request is worth sending again
     */
    boolean raise(SipResponse refusal) {
        Duration minimum = Duration.ofSeconds(Math.max(0, refusal.number("Min-SE")));
        // The interval can only grow, so this ends.
        if (refusal.status() != 422 || minimum.compareTo(wanted) <= 0 || minimum.compareTo(Duration.ofDays(1)) > 0) {
            return false;
        }
        wanted = minimum;
        shortest = minimum;
        return true;
    }

    /** Notes that the far end does not support UPDATE, whatever its Allow said. */
    void updateRefused() {
        updateTaken = false;
    }

    /** Whether the far end supports UPDATE, as far as is known. */
    boolean takesUpdate() {
        return updateTaken;
    }

    void stop() {
        stopped = true;
        cancel();
    }

    private void learn(SipMessage message) {
        if (message.hasHeader("Allow")) {
            updateTaken = message.headers("Allow").contains("UPDATE");
        }
    }

    private void start(@Nullable SessionExpires agreed) {
        cancel();
        inForce = agreed;
        clock = agreed == null ? null : SessionRefresh.of(agreed);
        if (agreed != null) {
            wanted = agreed.interval();
        }
        run();
    }

    private void run() {
        SessionRefresh now = clock;
        if (now != null && !stopped) {
            timer = loop.schedule(now.next(), () -> {
                timer = null;
                SessionRefresh later = now.advanced();
                clock = later;
                if (later.due() == SessionRefresh.Due.EXPIRED) {
                    inputs.accept(new CallInput.SessionExpired());
                } else {
                    run();
                    inputs.accept(new CallInput.RefreshDue(updateTaken));
                }
            });
        }
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
