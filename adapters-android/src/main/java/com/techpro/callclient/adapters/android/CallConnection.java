// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.net.Uri;
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
 * A call in Telecom: passes actions of the user and the system on to {@link ScreenCalls}. On the
 * main thread.
 */
class CallConnection extends Connection {
    final ScreenCalls calls;
    private final String id;

    CallConnection(ScreenCalls calls, UiCall call) {
        this.calls = calls;
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

    /** Null for a withheld number. */
    static @Nullable Uri addressOf(String number) {
        if (number.isEmpty()) {
            return null;
        }
        return Uri.fromParts(number.indexOf('@') < 0 ? PhoneAccount.SCHEME_TEL : PhoneAccount.SCHEME_SIP, number, null);
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
        calls.userAnswered(id);
    }

    @Override
    public void onShowIncomingCallUi() {
        calls.rings(id);
    }

    /** From API 29 on. */
    @Override
    public void onSilence() {
        calls.userSilenced(id);
    }

    @Override
    public void onReject() {
        calls.userEnded(id);
    }

    @Override
    public void onDisconnect() {
        calls.userEnded(id);
    }

    @Override
    public void onAbort() {
        calls.userEnded(id);
    }

    @Override
    public void onHold() {
        calls.systemHeld(id, true);
    }

    @Override
    public void onUnhold() {
        calls.systemHeld(id, false);
    }

    @Override
    public void onPlayDtmfTone(char tone) {
        calls.dialled(id, tone);
    }

    @Override
    @SuppressWarnings("deprecation") // its replacement came with API 34: see EndpointConnection
    public void onCallAudioStateChanged(CallAudioState state) {
        calls.systemMuted(state.isMuted());
        calls.routes(CallAudioRoutes.toPort(state.getRoute()), CallAudioRoutes.allOf(state.getSupportedRouteMask()));
    }
}
