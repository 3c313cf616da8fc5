// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.callui.AudioRoute;
import com.techpro.callclient.ports.callui.CallUiHandler;
import com.techpro.callclient.ports.callui.CallUiPort;
import com.techpro.callclient.ports.callui.EndReason;
import com.techpro.callclient.ports.callui.UiCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A call screen and its user. The system activates audio for calls as CUI-3 says, unless the test
 * prevents it.
 */
public final class FakeCallUi implements CallUiPort {
    private final Executor executor;
    private final Map<String, Screen> calls = new LinkedHashMap<>();
    private final Map<String, EndReason> ended = new HashMap<>();
    private final List<UiCall> told = new ArrayList<>();
    private @Nullable CallUiHandler handler;
    private boolean refusing;
    private boolean keepingAudio;
    private boolean audioActive;
    private boolean leavingAudio;
    private final Map<String, Duration> endTones = new HashMap<>();
    private AudioRoute route = AudioRoute.EARPIECE;

    /** @param executor runs callbacks and user actions, one task at a time */
    public FakeCallUi(Executor executor) {
        this.executor = executor;
    }

    /** Makes the system refuse incoming calls from now on, or show them again. */
    public synchronized void refuse(boolean refuse) {
        refusing = refuse;
    }

    /** Makes the system withhold its audio from now on until {@link #activateAudio}. */
    public synchronized void keepAudio() {
        keepingAudio = true;
    }

    /**
     * Makes the system keep audio active for the end tone of a call until {@link #deactivateAudio}.
     * The test decides how long.
     */
    public synchronized void leaveAudioToEndTones() {
        leavingAudio = true;
    }

    /** Returns how long the end tone of a call was to be, or null if there was none. */
    public synchronized @Nullable Duration endTone(String id) {
        return endTones.get(id);
    }

    public synchronized void activateAudio() {
        audio(true);
    }

    /** As when another app's call takes over. */
    public synchronized void deactivateAudio() {
        audio(false);
    }

    public synchronized void userAnswers(String id) {
        Screen screen = calls.get(id);
        if (screen != null) {
            screen.answered = true;
            tell(h -> h.answered(id));
            giveAudio();
        }
    }

    public synchronized void userEnds(String id) {
        tell(h -> h.ended(id));
    }

    public synchronized void systemHolds(String id, boolean onHold) {
        Screen screen = calls.get(id);
        if (screen != null) {
            screen.held = onHold;
            tell(h -> h.held(id, onHold));
        }
    }

    public synchronized void userMutes(String id, boolean muted) {
        Screen screen = calls.get(id);
        if (screen != null) {
            screen.muted = muted;
            tell(h -> h.muted(id, muted));
        }
    }

    public synchronized void userDials(String id, String tones) {
        tell(h -> h.dialled(id, tones));
    }

    /** As when the user presses a volume key. */
    public synchronized void userSilences(String id) {
        tell(h -> h.silenced(id));
    }

    public synchronized void restart() {
        calls.clear();
        tell(CallUiHandler::reset);
        audio(false);
    }

    /** Returns the IDs of the calls on the screen. */
    public synchronized List<String> onScreen() {
        return List.copyOf(calls.keySet());
    }

    public synchronized boolean isConnected(String id) {
        Screen screen = calls.get(id);
        return screen != null && screen.connected;
    }

    public synchronized boolean isAnswered(String id) {
        Screen screen = calls.get(id);
        return screen != null && screen.answered;
    }

    public synchronized boolean isHeld(String id) {
        Screen screen = calls.get(id);
        return screen != null && screen.held;
    }

    public synchronized boolean isMuted(String id) {
        Screen screen = calls.get(id);
        return screen != null && screen.muted;
    }

    /** Returns why a call left the screen, or null. */
    public synchronized @Nullable EndReason ended(String id) {
        return ended.get(id);
    }

    /** Returns all updates of calls so far. */
    public synchronized List<UiCall> told() {
        return List.copyOf(told);
    }

    @Override
    public synchronized void open(CallUiHandler listener) {
        handler = listener;
    }

    @Override
    public synchronized void incoming(UiCall call, Consumer<Boolean> shown) {
        told.add(call);
        boolean accepted = !refusing;
        if (accepted) {
            calls.put(call.id(), new Screen());
        }
        executor.execute(() -> shown.accept(accepted));
    }

    @Override
    public synchronized void outgoing(UiCall call) {
        told.add(call);
        Screen screen = new Screen();
        screen.answered = true;
        calls.put(call.id(), screen);
        giveAudio();
    }

    @Override
    public synchronized void answered(String id) {
        Screen screen = calls.get(id);
        if (screen != null && !screen.answered) {
            screen.answered = true;
            giveAudio();
        }
    }

    @Override
    public synchronized void connected(String id) {
        Screen screen = calls.get(id);
        if (screen != null) {
            screen.connected = true;
        }
    }

    @Override
    public synchronized void held(String id, boolean onHold) {
        Screen screen = calls.get(id);
        if (screen != null) {
            screen.held = onHold;
        }
    }

    @Override
    public synchronized void muted(String id, boolean muted) {
        Screen screen = calls.get(id);
        if (screen != null) {
            screen.muted = muted;
        }
    }

    @Override
    public synchronized void ended(String id, EndReason reason) {
        end(id, reason, false);
    }

    @Override
    public synchronized void ended(String id, EndReason reason, Duration tone) {
        endTones.put(id, tone);
        end(id, reason, leavingAudio);
    }

    private void end(String id, EndReason reason, boolean audioStays) {
        if (calls.remove(id) != null) {
            ended.put(id, reason);
            told.removeIf(call -> call.id().equals(id));
            if (!audioStays && calls.values().stream().noneMatch(screen -> screen.answered)) {
                audio(false);
            }
        }
    }

    @Override
    public synchronized void route(AudioRoute wanted) {
        route = wanted;
        Set<AudioRoute> available = EnumSet.of(AudioRoute.EARPIECE, AudioRoute.SPEAKER, wanted);
        tell(h -> h.routesChanged(wanted, available));
    }

    public synchronized AudioRoute route() {
        return route;
    }

    @Override
    public synchronized void close() {
        handler = null;
    }

    private void giveAudio() {
        if (!keepingAudio) {
            audio(true);
        }
    }

    private void audio(boolean active) {
        if (audioActive != active) {
            audioActive = active;
            tell(active ? CallUiHandler::audioActivated : CallUiHandler::audioDeactivated);
        }
    }

    private void tell(Consumer<CallUiHandler> event) {
        executor.execute(() -> {
            CallUiHandler open;
            synchronized (this) {
                open = handler;
            }
            if (open != null) {
                event.accept(open);
            }
        });
    }

    private static final class Screen {
        private boolean answered;
        private boolean connected;
        private boolean held;
        private boolean muted;
    }
}
