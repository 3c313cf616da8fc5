// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.sip.message.SipMessage;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call's session timer (RFC 4028): asks for it, keeps to what was agreed, and runs the {@link SessionRefresh}. Belongs to the loop. */
final class SessionTimer {
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

    /** Asks in a request of ours that may begin or refresh the session. */
    void ask(SipRequest.Builder request) {
        SessionExpires.ask(request, wanted, shortest, inForce);
    }

    /** Our request was accepted. */
    void accepted(SipResponse success) {
        learn(success);
        start(SessionExpires.agreed(success));
    }

    /** We accept theirs. */
    void accept(SipRequest request, SipResponse.Builder success) {
        learn(request);
        SessionExpires agreed = SessionExpires.answering(request);
        if (agreed != null) {
            agreed.tell(success);
        }
        start(agreed);
    }

    /**
     * A 422 says what would be accepted (§7.4).
     *
     * @return whether the request is worth sending again with that
     */
    boolean raise(SipResponse refusal) {
        Duration minimum = Duration.ofSeconds(Math.max(0, refusal.number("Min-SE")));
        // It can only grow, so this ends.
        if (refusal.status() != 422 || minimum.compareTo(wanted) <= 0 || minimum.compareTo(Duration.ofDays(1)) > 0) {
            return false;
        }
        wanted = minimum;
        shortest = minimum;
        return true;
    }

    /** The other side turned out not to know UPDATE, whatever it said. */
    void updateRefused() {
        updateTaken = false;
    }

    /** Whether the other side takes UPDATE, as far as is known. */
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
