// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.net.Uri;
import android.os.Build;
import android.telecom.CallAudioState;
import android.telecom.Connection;
import android.telecom.DisconnectCause;
import android.telecom.PhoneAccount;
import android.telecom.TelecomManager;
import com.techpro.callclient.ports.callui.AudioRoute;
import com.techpro.callclient.ports.callui.EndReason;
import com.techpro.callclient.ports.callui.UiCall;
import org.jspecify.annotations.Nullable;

/**
 * A call in Telecom: passes actions of the user and the system on to {@link AndroidCallUi}. On the
 * main thread.
 */
class CallConnection extends Connection {
    final AndroidCallUi ui;
    private final String id;

    CallConnection(AndroidCallUi ui, UiCall call) {
        this.ui = ui;
        this.id = call.id();
        setConnectionProperties(PROPERTY_SELF_MANAGED);
        setConnectionCapabilities(CAPABILITY_HOLD | CAPABILITY_SUPPORT_HOLD | CAPABILITY_MUTE);
        setAudioModeIsVoip(true);
        int presentation =
                call.number().isEmpty() ? TelecomManager.PRESENTATION_RESTRICTED : TelecomManager.PRESENTATION_ALLOWED;
        setAddress(addressOf(call.number()), presentation);
        String name = call.name();
        if (name != null) {
            setCallerDisplayName(name, TelecomManager.PRESENTATION_ALLOWED);
        }
    }

    /** Returns the form of call that this Android version knows. */
    static CallConnection of(AndroidCallUi ui, UiCall call) {
        return Build.VERSION.SDK_INT >= Build.VERSION_CODES.UPSIDE_DOWN_CAKE
                ? new EndpointConnection(ui, call)
                : new CallConnection(ui, call);
    }

    /** Null for a withheld number. */
    static @Nullable Uri addressOf(String number) {
        if (number.isEmpty()) {
            return null;
        }
        return Uri.fromParts(number.indexOf('@') < 0 ? PhoneAccount.SCHEME_TEL : PhoneAccount.SCHEME_SIP, number, null);
    }

    String id() {
        return id;
    }

    /** Requests a route; Telecom reports whether it changed. */
    @SuppressWarnings("deprecation") // its replacement came with API 34: see EndpointConnection
    void choose(AudioRoute wanted) {
        setAudioRoute(CallAudioRoutes.toAndroid(wanted));
    }

    void end(EndReason reason) {
        setDisconnected(new DisconnectCause(
                switch (reason) {
                    case LOCAL -> DisconnectCause.LOCAL;
                    case REMOTE -> DisconnectCause.REMOTE;
                    case UNANSWERED -> DisconnectCause.MISSED;
                    case ANSWERED_ELSEWHERE -> DisconnectCause.ANSWERED_ELSEWHERE;
                    case DECLINED -> DisconnectCause.REJECTED;
                    case BUSY -> DisconnectCause.BUSY;
                    case FAILED -> DisconnectCause.ERROR;
                }));
        destroy();
    }

    @Override
    public void onAnswer(int videoState) {
        ui.userAnswered(id);
    }

    @Override
    public void onShowIncomingCallUi() {
        ui.rings(id);
    }

    /** From API 29 on. */
    @Override
    public void onSilence() {
        ui.userSilenced(id);
    }

    @Override
    public void onReject() {
        ui.userEnded(id);
    }

    @Override
    public void onDisconnect() {
        ui.userEnded(id);
    }

    @Override
    public void onAbort() {
        ui.userEnded(id);
    }

    @Override
    public void onHold() {
        ui.systemHeld(id, true);
    }

    @Override
    public void onUnhold() {
        ui.systemHeld(id, false);
    }

    @Override
    public void onPlayDtmfTone(char tone) {
        ui.dialled(id, tone);
    }

    @Override
    @SuppressWarnings("deprecation") // its replacement came with API 34: see EndpointConnection
    public void onCallAudioStateChanged(CallAudioState state) {
        ui.systemMuted(state.isMuted());
        ui.routes(CallAudioRoutes.toPort(state.getRoute()), CallAudioRoutes.allOf(state.getSupportedRouteMask()));
    }
}
