// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.app.Notification;
import android.content.ComponentName;
import android.content.Context;
import android.media.AudioManager;
import android.net.Uri;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.telecom.Connection;
import android.telecom.PhoneAccount;
import android.telecom.PhoneAccountHandle;
import android.telecom.TelecomManager;
import com.techpro.callclient.ports.callui.AudioRoute;
import com.techpro.callclient.ports.callui.CallUiHandler;
import com.techpro.callclient.ports.callui.CallUiPort;
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
 * Calls in Android's Telecom, by a self-managed {@code ConnectionService}. They coexist with calls
 * of the mobile network and of other apps, and headsets, watches and cars can answer, hold and end
 * them. The screen itself is the app's, opened by the ringing notification. Beside another app's
 * call that cannot be held, the system itself asks the user (see {@link #ringingBy}).
 *
 * <p>While a call is answered or dialled, a foreground service keeps the app and its microphone
 * running. If Android does not let it start, for example because the app was in the background,
 * calls continue without, and {@link #whenForegroundRefused} reports it. Handlers are called on the
 * main thread.
 */
public final class AndroidCallUi implements CallUiPort {
    private static final String ID = "com.techpro.callclient.call";
    private static final String TONES = "0123456789*#ABCD";
    /**
     * Telecom says at once whether it or the app shows a call. If a vendor's version never does,
     * the phone must ring anyway.
     */
    private static final long TELECOM_MILLIS = 3_000;

    private final Context context;
    private final TelecomManager telecom;
    private final AudioManager audio;
    private final PhoneAccountHandle account;
    private final String accountLabel;
    private final Supplier<Notification> ongoing;
    private final Handler main = new Handler(Looper.getMainLooper());
    private @Nullable AndroidNotifications notifications;
    private Consumer<ForegroundRefusal> foregroundRefused = refusal -> {};
    private volatile @Nullable CallUiHandler handler;
    private boolean opened;

    // The following belongs to the main thread.
    private final Map<String, ScreenCall> calls = new LinkedHashMap<>();
    private final EndToneHold endTone = new EndToneHold(main, this::takeAudioIfQuiet);
    private boolean audioActive;
    private boolean muted;
    private @Nullable AudioRoute route;
    private Set<AudioRoute> routes = Set.of();

    /**
     * @param accountLabel the label of the app's calls in Android's settings
     * @param ongoing the notification shown while a call keeps the app running; called on the main
     *     thread
     * @throws IllegalStateException on a device without Telecom
     */
    public AndroidCallUi(Context context, String accountLabel, Supplier<Notification> ongoing) {
        this.context = context.getApplicationContext();
        this.accountLabel = accountLabel;
        this.ongoing = ongoing;
        TelecomManager found = this.context.getSystemService(TelecomManager.class);
        if (found == null) {
            throw new IllegalStateException("this device has no Telecom");
        }
        telecom = found;
        audio = this.context.getSystemService(AudioManager.class);
        account = new PhoneAccountHandle(new ComponentName(this.context, CallConnectionService.class), "callclient");
    }

    /**
     * Makes an incoming call ring, and fill the screen, once Telecom leaves it to the app. Beside a
     * call of the mobile network Telecom itself asks the user, and the notification stays silent.
     * If Telecom says nothing for three seconds it rings, unless the device is in use for a call.
     * Call it before {@link #open}.
     *
     * @return this
     */
    public AndroidCallUi ringingBy(AndroidNotifications notification) {
        notifications = notification;
        return this;
    }

    /**
     * Sets a handler for Android's refusal of the service that keeps the app and its microphone
     * running for a call. Call it before {@link #open}.
     *
     * @param refused called on the main thread
     * @return this
     */
    public AndroidCallUi whenForegroundRefused(Consumer<ForegroundRefusal> refused) {
        foregroundRefused = refused;
        return this;
    }

    @Override
    public void open(CallUiHandler hears) {
        if (opened) {
            throw new IllegalStateException("opened already");
        }
        opened = true;
        handler = hears;
        CallConnectionService.serve(this);
        telecom.registerPhoneAccount(PhoneAccount.builder(account, accountLabel)
                .setCapabilities(PhoneAccount.CAPABILITY_SELF_MANAGED)
                .addSupportedUriScheme(PhoneAccount.SCHEME_TEL)
                .addSupportedUriScheme(PhoneAccount.SCHEME_SIP)
                .build());
    }

    @Override
    public void incoming(UiCall call, Consumer<Boolean> shown) {
        main.post(() -> {
            if (handler == null || calls.containsKey(call.id())) {
                shown.accept(false);
                return;
            }
            endTone.end();
            calls.put(call.id(), new ScreenCall(call, shown));
            if (notifications != null) {
                notifications.withholdRing(call.id());
                main.postDelayed(() -> ringUnlessInCall(call.id()), TELECOM_MILLIS);
            }
            Bundle extras = new Bundle();
            Uri address = CallConnection.addressOf(call.number());
            if (address != null) {
                extras.putParcelable(TelecomManager.EXTRA_INCOMING_CALL_ADDRESS, address);
            }
            extras.putBundle(TelecomManager.EXTRA_INCOMING_CALL_EXTRAS, named(call.id()));
            try {
                telecom.addNewIncomingCall(account, extras);
            } catch (SecurityException e) {
                incomingRefused(call.id()); // the user disabled the account
            }
        });
    }

    @Override
    public void outgoing(UiCall call) {
        main.post(() -> {
            if (handler == null || calls.containsKey(call.id())) {
                return;
            }
            endTone.end();
            calls.put(call.id(), new ScreenCall(call, null));
            Bundle extras = new Bundle();
            extras.putParcelable(TelecomManager.EXTRA_PHONE_ACCOUNT_HANDLE, account);
            extras.putBundle(TelecomManager.EXTRA_OUTGOING_CALL_EXTRAS, named(call.id()));
            try {
                telecom.placeCall(CallConnection.addressOf(call.number()), extras);
            } catch (SecurityException e) {
                outgoingRefused(call.id());
            }
        });
    }

    @Override
    public void answered(String id) {
        main.post(() -> {
            ScreenCall call = calls.get(id);
            if (call != null && !call.talking) {
                talk(call);
            }
        });
    }

    @Override
    public void connected(String id) {
        main.post(() -> {
            ScreenCall call = calls.get(id);
            if (call != null && call.connection != null && !call.held) {
                call.connection.setActive();
            }
        });
    }

    @Override
    public void held(String id, boolean onHold) {
        main.post(() -> {
            ScreenCall call = calls.get(id);
            if (call != null && call.held != onHold) {
                call.held = onHold;
                call.heldBySystem &= onHold;
                call.showHold();
            }
        });
    }

    @Override
    public void muted(String id, boolean mute) {
        main.post(() -> {
            if (calls.containsKey(id)) {
                mute(mute);
            }
        });
    }

    @Override
    public void ended(String id, EndReason reason) {
        main.post(() -> end(id, reason));
    }

    /**
     * If the ended call is the only audible one, Telecom keeps it until the end tone is over: five
     * seconds at most.
     */
    @Override
    public void ended(String id, EndReason reason, Duration tone) {
        main.post(() -> {
            ScreenCall call = calls.get(id);
            CallConnection heard =
                    call == null || call.held || !audioActive || calls.size() > 1 ? null : call.connection;
            if (heard == null) {
                end(id, reason);
            } else {
                forget(id);
                endTone.begin(heard, reason, tone);
            }
        });
    }

    @Override
    public void route(AudioRoute wanted) {
        main.post(() -> {
            for (ScreenCall call : calls.values()) {
                if (call.connection != null) {
                    call.connection.choose(wanted);
                    return;
                }
            }
        });
    }

    /** Removes the calls from the screen; the calls themselves belong to the engine. */
    @Override
    public void close() {
        handler = null;
        CallConnectionService.release(this);
        main.post(() -> {
            List.copyOf(calls.keySet()).forEach(id -> end(id, EndReason.LOCAL));
            endTone.end();
            // A later port has the same account.
            if (CallConnectionService.isIdle()) {
                telecom.unregisterPhoneAccount(account);
            }
        });
    }

    static @Nullable String idOf(@Nullable Bundle extras) {
        if (extras == null) {
            return null;
        }
        // Telecom passes the inner bundle; a version or vendor that passes the outer one is
        // supported too.
        Bundle inside = extras.getBundle(TelecomManager.EXTRA_INCOMING_CALL_EXTRAS);
        Bundle outgoing = extras.getBundle(TelecomManager.EXTRA_OUTGOING_CALL_EXTRAS);
        Bundle holder = inside != null ? inside : outgoing != null ? outgoing : extras;
        return holder.getString(ID);
    }

    @Nullable
    Connection incomingAllowed(@Nullable String id) {
        ScreenCall call = calls.get(id);
        if (call == null) {
            return null; // ended meanwhile
        }
        CallConnection connection = CallConnection.of(this, call.call);
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
        CallConnection connection = CallConnection.of(this, call.call);
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

    private void end(String id, EndReason reason) {
        ScreenCall call = forget(id);
        if (call != null) {
            if (call.connection != null) {
                call.connection.end(reason);
            }
            call.answerShown(false);
            takeAudioIfQuiet();
        }
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

    private static Bundle named(String id) {
        Bundle extras = new Bundle();
        extras.putString(ID, id);
        return extras;
    }
}
