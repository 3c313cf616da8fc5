// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.callui;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.internal.call.CallCommands;
import com.techpro.callclient.engine.internal.call.CallSession;
import com.techpro.callclient.engine.internal.call.context.AudioGate;
import com.techpro.callclient.ports.callui.AudioRoute;
import com.techpro.callclient.ports.callui.CallUiHandler;
import com.techpro.callclient.ports.callui.CallUiPort;
import com.techpro.callclient.ports.callui.EndReason;
import com.techpro.callclient.ports.callui.UiCall;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.loop.FirstAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Keeps the system's call screen and the calls in line, both ways: what one side does is told to the other, once, and not echoed. The
 * screen learns a name and a number and nothing else (promise T1). Belongs to the loop.
 */
public final class CallScreen {
    private final EngineLoop loop;
    private final Executor callbacks;
    private final CallUiPort port;
    private final AudioGate gate;
    private final BooleanSupplier mayAnswer;
    private final UnaryOperator<Caller> shownCaller;
    private final Consumer<CallSession> unlockNeeded;
    private final BiConsumer<AudioRoute, Set<AudioRoute>> routes;
    private final Map<String, Shown> calls = new LinkedHashMap<>();
    private Supplier<Duration> endTone = () -> Duration.ZERO;

    /**
     * @param callbacks runs tasks in order
     * @param mayAnswer whether the lock permits answering, asked at each use
     * @param shownCaller what of a caller may be shown now
     * @param unlockNeeded hears on the loop that the user answered this call, but the lock forbids it
     * @param routes hears on the loop where the sound goes and could go
     */
    public CallScreen(
            EngineLoop loop,
            Executor callbacks,
            CallUiPort port,
            AudioGate gate,
            BooleanSupplier mayAnswer,
            UnaryOperator<Caller> shownCaller,
            Consumer<CallSession> unlockNeeded,
            BiConsumer<AudioRoute, Set<AudioRoute>> routes) {
        this.loop = loop;
        this.callbacks = callbacks;
        this.port = port;
        this.gate = gate;
        this.mayAnswer = mayAnswer;
        this.shownCaller = shownCaller;
        this.unlockNeeded = unlockNeeded;
        this.routes = routes;
        callbacks.execute(() -> port.open(new Deeds()));
    }

    /** @param tone for how long the end of the call that has just ended is heard; zero if it is not */
    public void endToneBy(Supplier<Duration> tone) {
        endTone = tone;
    }

    /** It rings; the task runs once the system shows it, and not at all if the system refuses: then the phone is as good as busy. */
    public void ring(CallSession call, Runnable whenShown) {
        loop.assertOnLoop();
        UiCall described = describe(call);
        Consumer<Boolean> once =
                new FirstAnswer<>(shown -> loop.execute(() -> shown(call, described, shown, whenShown)));
        callbacks.execute(() -> {
            try {
                port.incoming(described, once);
            } catch (RuntimeException | Error e) {
                once.accept(false);
                throw e; // told like what listeners throw
            }
        });
    }

    private void shown(CallSession call, UiCall described, boolean shown, Runnable whenShown) {
        CallEnding ending = call.snapshot().ending();
        if (!shown) {
            call.commands().reject(RejectReason.UNAVAILABLE, CallCommands.NO_ANSWER);
        } else if (ending != null) {
            callbacks.execute(() -> port.ended(described.id(), reason(ending)));
        } else {
            calls.put(described.id(), new Shown(call));
            whenShown.run();
        }
    }

    public void dialled(CallSession call) {
        calls.put(call.id(), new Shown(call));
        UiCall described = describe(call);
        callbacks.execute(() -> port.outgoing(described));
    }

    public void changed(CallSession call, CallEvent event) {
        Shown shown = calls.get(call.id());
        if (shown == null) {
            return;
        }
        String id = call.id();
        CallSnapshot after = event.after();
        if (event instanceof CallEvent.Ended ended) {
            calls.remove(id);
            Duration tone = endTone.get();
            callbacks.execute(() -> {
                if (tone.isZero()) {
                    port.ended(id, reason(ended.ending()));
                } else {
                    port.ended(id, reason(ended.ending()), tone);
                }
            });
            return;
        }
        if (event instanceof CallEvent.AudioInterrupted && after.state() == CallState.INCOMING && shown.answered) {
            // Answered on the screen, but there is no microphone to answer with.
            call.commands().reject(RejectReason.UNAVAILABLE, CallCommands.NO_ANSWER);
        }
        if (after.state() == CallState.CONNECTING && !shown.answered) {
            shown.answered = true;
            callbacks.execute(() -> port.answered(id));
        }
        if (after.state() == CallState.ESTABLISHED && !shown.connected) {
            shown.connected = true;
            callbacks.execute(() -> port.connected(id));
        }
        if (after.hold().isLocal() != shown.held) {
            shown.held = after.hold().isLocal();
            boolean held = shown.held;
            callbacks.execute(() -> port.held(id, held));
        }
        if (after.muted() != shown.muted) {
            shown.muted = after.muted();
            boolean muted = shown.muted;
            callbacks.execute(() -> port.muted(id, muted));
        }
    }

    /** From any thread. */
    public void route(AudioRoute wanted) {
        callbacks.execute(() -> port.route(wanted));
    }

    public void close() {
        for (String id : new ArrayList<>(calls.keySet())) {
            callbacks.execute(() -> port.ended(id, EndReason.LOCAL));
        }
        calls.clear();
        callbacks.execute(port::close);
    }

    private UiCall describe(CallSession call) {
        Caller caller = shownCaller.apply(call.snapshot().caller());
        return new UiCall(call.id(), caller.name(), caller.number());
    }

    private static EndReason reason(CallEnding ending) {
        if (ending instanceof CallEnding.LocalHangUp
                || ending instanceof CallEnding.Transferred
                || ending instanceof CallEnding.Cancelled) {
            return EndReason.LOCAL;
        }
        if (ending instanceof CallEnding.RemoteHangUp) {
            return EndReason.REMOTE;
        }
        if (ending instanceof CallEnding.NoAnswer || ending instanceof CallEnding.CancelledByCaller) {
            return EndReason.UNANSWERED;
        }
        if (ending instanceof CallEnding.AnsweredElsewhere) {
            return EndReason.ANSWERED_ELSEWHERE;
        }
        if (ending instanceof CallEnding.Declined
                || ending instanceof CallEnding.RejectedHere
                || ending instanceof CallEnding.Forwarded) {
            return EndReason.DECLINED;
        }
        return ending instanceof CallEnding.Busy ? EndReason.BUSY : EndReason.FAILED;
    }

    private static final class Shown {
        private final CallSession call;
        private boolean answered;
        private boolean connected;
        private boolean held;
        private boolean muted;

        Shown(CallSession call) {
            this.call = call;
        }
    }

    /** What the user and the system do; from any thread. */
    private final class Deeds implements CallUiHandler {
        @Override
        public void answered(String id) {
            on(id, shown -> {
                if (mayAnswer.getAsBoolean()) {
                    shown.answered = true;
                    shown.call.commands().answer(CallOptions.DEFAULT, CallCommands.NO_ANSWER);
                } else if (shown.call.snapshot().state() == CallState.INCOMING) {
                    unlockNeeded.accept(shown.call);
                }
            });
        }

        @Override
        public void ended(String id) {
            on(id, shown -> {
                if (shown.call.snapshot().state() == CallState.INCOMING) {
                    shown.call.commands().reject(RejectReason.DECLINED, CallCommands.NO_ANSWER);
                } else {
                    shown.call.commands().hangUp();
                }
            });
        }

        @Override
        public void held(String id, boolean onHold) {
            on(id, shown -> {
                shown.held = onHold;
                if (onHold) {
                    shown.call.commands().hold(CallCommands.NO_ANSWER);
                } else {
                    shown.call.commands().resume(CallCommands.NO_ANSWER);
                }
            });
        }

        @Override
        public void muted(String id, boolean muted) {
            on(id, shown -> {
                shown.muted = muted;
                shown.call.commands().setMuted(muted, CallCommands.NO_ANSWER);
            });
        }

        @Override
        public void dialled(String id, String tones) {
            if (tones.matches("[0-9*#A-D]+")) {
                on(id, shown -> shown.call.commands().sendDtmf(tones, CallCommands.NO_ANSWER));
            }
        }

        @Override
        public void silenced(String id) {
            on(id, shown -> shown.call.commands().silence(CallCommands.NO_ANSWER));
        }

        @Override
        public void audioActivated() {
            loop.execute(() -> gate.set(true));
        }

        @Override
        public void audioDeactivated() {
            loop.execute(() -> gate.set(false));
        }

        @Override
        public void routesChanged(AudioRoute current, Set<AudioRoute> available) {
            Set<AudioRoute> copy = Set.copyOf(available);
            loop.execute(() -> routes.accept(current, copy));
        }

        @Override
        public void reset() {
            loop.execute(() -> {
                List<Shown> all = new ArrayList<>(calls.values());
                calls.clear();
                gate.set(false);
                all.forEach(shown -> shown.call.commands().hangUp());
            });
        }

        private void on(String id, Consumer<Shown> deed) {
            loop.execute(() -> {
                Shown shown = calls.get(id);
                if (shown != null) {
                    deed.accept(shown);
                }
            });
        }
    }
}
