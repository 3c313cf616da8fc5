// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.app.Notification;
import android.content.ComponentName;
import android.content.Context;
import android.net.Uri;
import android.os.Bundle;
import android.os.Handler;
import android.os.Looper;
import android.telecom.PhoneAccount;
import android.telecom.PhoneAccountHandle;
import android.telecom.TelecomManager;
import com.techpro.callclient.ports.callui.AudioRoute;
import com.techpro.callclient.ports.callui.CallUiHandler;
import com.techpro.callclient.ports.callui.CallUiPort;
import com.techpro.callclient.ports.callui.EndReason;
import com.techpro.callclient.ports.callui.UiCall;
import java.time.Duration;
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
    private final Context context;
    private final TelecomManager telecom;
    private final PhoneAccountHandle account;
    private final String accountLabel;
    private final Supplier<Notification> ongoing;
    private final Handler main = new Handler(Looper.getMainLooper());
    private @Nullable AndroidNotifications notifications;
    private Consumer<ForegroundRefusal> foregroundRefused = refusal -> {};
    private volatile @Nullable ScreenCalls calls;

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
        if (calls != null) {
            throw new IllegalStateException("opened already");
        }
        ScreenCalls opened = new ScreenCalls(context, main, notifications, ongoing, foregroundRefused, hears);
        calls = opened;
        CallConnectionService.serve(opened);
        telecom.registerPhoneAccount(PhoneAccount.builder(account, accountLabel)
                .setCapabilities(PhoneAccount.CAPABILITY_SELF_MANAGED)
                .addSupportedUriScheme(PhoneAccount.SCHEME_TEL)
                .addSupportedUriScheme(PhoneAccount.SCHEME_SIP)
                .build());
    }

    @Override
    public void incoming(UiCall call, Consumer<Boolean> shown) {
        main.post(() -> {
            ScreenCalls now = calls;
            if (now == null || !now.add(call, shown)) {
                shown.accept(false);
                return;
            }
            Bundle extras = new Bundle();
            Uri address = CallConnection.addressOf(call.number());
            if (address != null) {
                extras.putParcelable(TelecomManager.EXTRA_INCOMING_CALL_ADDRESS, address);
            }
            extras.putBundle(TelecomManager.EXTRA_INCOMING_CALL_EXTRAS, CallConnectionService.named(call.id()));
            try {
                telecom.addNewIncomingCall(account, extras);
            } catch (SecurityException e) {
                now.incomingRefused(call.id()); // the user disabled the account
            }
        });
    }

    @Override
    public void outgoing(UiCall call) {
        onMain(now -> {
            if (!now.add(call, null)) {
                return;
            }
            Bundle extras = new Bundle();
            extras.putParcelable(TelecomManager.EXTRA_PHONE_ACCOUNT_HANDLE, account);
            extras.putBundle(TelecomManager.EXTRA_OUTGOING_CALL_EXTRAS, CallConnectionService.named(call.id()));
            try {
                telecom.placeCall(CallConnection.addressOf(call.number()), extras);
            } catch (SecurityException e) {
                now.outgoingRefused(call.id());
            }
        });
    }

    @Override
    public void answered(String id) {
        onMain(now -> now.answered(id));
    }

    @Override
    public void connected(String id) {
        onMain(now -> now.connected(id));
    }

    @Override
    public void held(String id, boolean onHold) {
        onMain(now -> now.held(id, onHold));
    }

    @Override
    public void muted(String id, boolean mute) {
        onMain(now -> now.muted(id, mute));
    }

    @Override
    public void ended(String id, EndReason reason) {
        onMain(now -> now.end(id, reason));
    }

    /**
     * If the ended call is the only audible one, Telecom keeps it until the end tone is over: five
     * seconds at most.
     */
    @Override
    public void ended(String id, EndReason reason, Duration tone) {
        onMain(now -> now.ended(id, reason, tone));
    }

    @Override
    public void route(AudioRoute wanted) {
        onMain(now -> now.route(wanted));
    }

    /** Removes the calls from the screen; the calls themselves belong to the engine. */
    @Override
    public void close() {
        ScreenCalls closed = calls;
        if (closed != null) {
            closed.stopTelling();
            CallConnectionService.release(closed);
        }
        main.post(() -> {
            if (closed != null) {
                closed.endAll();
            }
            // A later port has the same account.
            if (CallConnectionService.isIdle()) {
                telecom.unregisterPhoneAccount(account);
            }
        });
    }

    private void onMain(Consumer<ScreenCalls> action) {
        main.post(() -> {
            ScreenCalls now = calls;
            if (now != null) {
                action.accept(now);
            }
        });
    }
}
