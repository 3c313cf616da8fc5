// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.app.Notification;
import android.content.Context;
import android.media.AudioManager;
import android.os.Build;
import android.os.Handler;
import android.telecom.Connection;
import com.techpro.callclient.ports.callui.AudioRoute;
import com.techpro.callclient.ports.callui.CallUiHandler;
import com.techpro.callclient.ports.callui.EndReason;
import com.techpro.callclient.ports.callui.UiCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls of {@link AndroidCallUi} in Telecom: what the engine reports of them goes to Telecom,
 * and what Telecom and the user decide goes to the handler. On the main thread, unless it says
 * otherwise.
 */
final class ScreenCalls {
    private static final String TONES = "0123456789*#ABCD";
    /**
     * Telecom says at once whether it or the app shows a call. If a vendor's version never does,
     * the phone must ring anyway.
     */
    private static final long TELECOM_MILLIS = 3_000;

    private final Context context;
    private final Handler main;
    private final AudioManager audio;
    private final @Nullable AndroidNotifications notifications;
    private final Supplier<Notification> ongoing;
    private final Consumer<ForegroundRefusal> foregroundRefused;
    private final Map<String, ScreenCall> calls = new LinkedHashMap<>();
    private final EndToneHold endTone;
    private volatile @Nullable CallUiHandler handler;
    private boolean audioActive;
    private boolean muted;
    private @Nullable AudioRoute route;
    private Set<AudioRoute> routes = Set.of();

    /** @param notifications ring; null if another part of the app does */
    ScreenCalls(
            Context context,
            Handler main,
            @Nullable AndroidNotifications notifications,
            Supplier<Notification> ongoing,
            Consumer<ForegroundRefusal> foregroundRefused,
            CallUiHandler handler) {
        this.context = context;
        this.main = main;
        this.audio = context.getSystemService(AudioManager.class);
        this.notifications = notifications;
        this.ongoing = ongoing;
        this.foregroundRefused = foregroundRefused;
        this.handler = handler;
        this.endTone = new EndToneHold(main, this::takeAudioIfQuiet);
    }

    // --- What the engine reports

    /**
     * @param shown receives whether the system shows an incoming call; null for an outgoing one
     * @return whether it is a new call; never once {@link #stopTelling} was called
     */
    boolean add(UiCall call, @Nullable Consumer<Boolean> shown) {
        if (handler == null || calls.containsKey(call.id())) {
            return false;
        }
        endTone.end();
        calls.put(call.id(), new ScreenCall(call, shown));
        if (notifications != null && shown != null) {
            notifications.withholdRing(call.id());
            main.postDelayed(() -> ringUnlessInCall(call.id()), TELECOM_MILLIS);
        }
        return true;
    }

    void answered(String id) {
        ScreenCall call = calls.get(id);
        if (call != null && !call.talking) {
            talk(call);
        }
    }

    void connected(String id) {
        ScreenCall call = calls.get(id);
        if (call != null && call.connection != null && !call.held) {
            call.connection.setActive();
        }
    }

    void held(String id, boolean onHold) {
        ScreenCall call = calls.get(id);
        if (call != null && call.held != onHold) {
            call.held = onHold;
            call.heldBySystem &= onHold;
            call.showHold();
        }
    }

    void muted(String id, boolean mute) {
        if (calls.containsKey(id)) {
            mute(mute);
        }
    }

    void ended(String id, EndReason reason, Duration tone) {
        ScreenCall call = calls.get(id);
        CallConnection heard = call == null || call.held || !audioActive || calls.size() > 1 ? null : call.connection;
        if (heard == null) {
            end(id, reason);
        } else {
            forget(id);
            endTone.begin(id, tone, () -> heard.end(reason));
        }
    }

    void end(String id, EndReason reason) {
        ScreenCall call = forget(id);
        if (call != null) {
            if (call.connection != null) {
                call.connection.end(reason);
            }
            call.answerShown(false);
            takeAudioIfQuiet();
        }
    }

    void route(AudioRoute wanted) {
        for (ScreenCall call : calls.values()) {
            if (call.connection != null) {
                call.connection.choose(wanted);
                return;
            }
        }
    }

    /** From now on the handler is told nothing. On any thread. */
    void stopTelling() {
        handler = null;
    }

    void endAll() {
        List.copyOf(calls.keySet()).forEach(id -> end(id, EndReason.LOCAL));
        endTone.end();
    }

    // --- What Telecom and the user decide

    @Nullable
    Connection incomingAllowed(@Nullable String id) {
        ScreenCall call = calls.get(id);
        if (call == null) {
            return null; // ended meanwhile
        }
        CallConnection connection = connectionOf(call.call);
        call.connection = connection;
        connection.setRinging();
        if (call.talking) {
            connection.setActive();
            call.showHold();
        }
        call.answerShown(true);
        return connection;
    }

    void incomingRefused(@Nullable String id) {
        ScreenCall call = forget(id);
        if (call != null) {
            call.answerShown(false);
            takeAudioIfQuiet();
        }
    }

    @Nullable
    Connection outgoingAllowed(@Nullable String id) {
        ScreenCall call = calls.get(id);
        if (call == null) {
            return null;
        }
        CallConnection connection = connectionOf(call.call);
        call.connection = connection;
        connection.setDialing();
        call.talking = true;
        giveAudio();
        return connection;
    }

    void outgoingRefused(@Nullable String id) {
        ScreenCall call = calls.remove(id);
        if (call != null) {
            tell(hears -> hears.ended(call.call.id()));
        }
    }

    /** Telecom lets the app ring. */
    void rings(String id) {
        if (notifications != null && calls.containsKey(id)) {
            notifications.ring(id);
        }
    }

    private void ringUnlessInCall(String id) {
        int mode = audio.getMode();
        if (mode != AudioManager.MODE_IN_CALL && mode != AudioManager.MODE_IN_COMMUNICATION) {
            rings(id);
        }
    }

    void userSilenced(String id) {
        if (calls.containsKey(id)) {
            tell(hears -> hears.silenced(id));
        }
    }

    void userAnswered(String id) {
        ScreenCall call = calls.get(id);
        if (call != null && !call.talking) {
            tell(hears -> hears.answered(id));
            talk(call);
        }
    }

    void userEnded(String id) {
        if (endTone.holds(id)) {
            endTone.end();
        } else if (calls.containsKey(id)) {
            tell(hears -> hears.ended(id));
        }
    }

    void systemHeld(String id, boolean onHold) {
        ScreenCall call = calls.get(id);
        if (call == null || call.held == onHold) {
            if (endTone.holds(id)) {
                endTone.end(); // another app's call needs the audio
            }
            return;
        }
        call.held = onHold;
        call.heldBySystem = onHold;
        call.showHold();
        tell(hears -> hears.held(id, onHold));
        if (onHold) {
            takeAudioIfQuiet();
        } else {
            giveAudio();
        }
    }

    void dialled(String id, char tone) {
        if (TONES.indexOf(tone) >= 0 && calls.containsKey(id)) {
            tell(hears -> hears.dialled(id, String.valueOf(tone)));
        }
    }

    void systemMuted(boolean mute) {
        if (mute != muted) {
            muted = mute;
            new ArrayList<>(calls.keySet()).forEach(id -> tell(hears -> hears.muted(id, mute)));
        }
    }

    /** @param current null if the port does not have it, or it is unknown yet */
    void routes(@Nullable AudioRoute current, Set<AudioRoute> available) {
        if (current != null && (current != route || !available.equals(routes))) {
            route = current;
            routes = available;
            tell(hears -> hears.routesChanged(current, EnumSet.copyOf(available)));
        }
    }

    /**
     * Telecom let go of the service. It does so after the last call as well, and binds again for a
     * call that it has not taken yet.
     */
    void serviceLost() {
        endTone.end();
        List<ScreenCall> lost = new ArrayList<>();
        for (ScreenCall call : calls.values()) {
            if (call.connection != null) {
                lost.add(call);
            }
        }
        if (lost.isEmpty()) {
            return;
        }
        for (ScreenCall call : lost) {
            forget(call.call.id());
            if (call.connection != null) {
                call.connection.end(EndReason.FAILED);
            }
            call.answerShown(false);
        }
        if (calls.isEmpty()) {
            tell(CallUiHandler::reset);
        } else {
            lost.forEach(call -> tell(hears -> hears.ended(call.call.id())));
        }
        takeAudioIfQuiet();
    }

    private void talk(ScreenCall call) {
        call.talking = true;
        if (call.connection != null) {
            call.connection.setActive();
        }
        giveAudio();
    }

    private @Nullable ScreenCall forget(@Nullable String id) {
        if (notifications != null && id != null) {
            notifications.forgetRing(id);
        }
        return calls.remove(id);
    }

    private void giveAudio() {
        if (!audioActive) {
            audioActive = true;
            CallForegroundService.start(context, ongoing.get(), foregroundRefused);
            tell(CallUiHandler::audioActivated);
        }
    }

    /** After the last call, or when another app's call holds all of ours. */
    private void takeAudioIfQuiet() {
        if (endTone.isOn()) {
            return;
        }
        if (calls.values().stream().noneMatch(call -> call.talking)) {
            CallForegroundService.stop();
            mute(false);
        }
        if (audioActive && calls.values().stream().noneMatch(call -> call.talking && !call.heldBySystem)) {
            audioActive = false;
            tell(CallUiHandler::audioDeactivated);
        }
    }

    private void mute(boolean mute) {
        if (muted != mute) {
            muted = mute; // first, so that Telecom's report of it is no change
            audio.setMicrophoneMute(mute);
        }
    }

    private void tell(Consumer<CallUiHandler> event) {
        CallUiHandler hears = handler;
        if (hears != null) {
            event.accept(hears);
        }
    }

    /** Returns the form of connection that this Android version knows. */
    private CallConnection connectionOf(UiCall call) {
        return Build.VERSION.SDK_INT >= Build.VERSION_CODES.UPSIDE_DOWN_CAKE
                ? new EndpointConnection(this, call)
                : new CallConnection(this, call);
    }
}
