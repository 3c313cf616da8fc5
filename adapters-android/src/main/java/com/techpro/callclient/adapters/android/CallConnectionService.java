// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.content.Intent;
import android.telecom.Connection;
import android.telecom.ConnectionRequest;
import android.telecom.ConnectionService;
import android.telecom.PhoneAccountHandle;
import org.jspecify.annotations.Nullable;

/**
 * Receives the decisions of Android's Telecom. Android creates the service itself, so it finds
 * {@link AndroidCallUi} through a static field.
 */
public final class CallConnectionService extends ConnectionService {
    private static volatile @Nullable AndroidCallUi current;

    static void serve(AndroidCallUi ui) {
        current = ui;
    }

    static void release(AndroidCallUi ui) {
        if (ui.equals(current)) {
            current = null;
        }
    }

    /** Whether no port is open. */
    static boolean isIdle() {
        return current == null;
    }

    @Override
    public Connection onCreateIncomingConnection(PhoneAccountHandle account, ConnectionRequest request) {
        AndroidCallUi ui = current;
        Connection connection = ui == null ? null : ui.incomingAllowed(AndroidCallUi.idOf(request.getExtras()));
        return connection == null ? Connection.createCanceledConnection() : connection;
    }

    @Override
    public void onCreateIncomingConnectionFailed(PhoneAccountHandle account, ConnectionRequest request) {
        AndroidCallUi ui = current;
        if (ui != null) {
            ui.incomingRefused(AndroidCallUi.idOf(request.getExtras()));
        }
    }

    @Override
    public Connection onCreateOutgoingConnection(PhoneAccountHandle account, ConnectionRequest request) {
        AndroidCallUi ui = current;
        Connection connection = ui == null ? null : ui.outgoingAllowed(AndroidCallUi.idOf(request.getExtras()));
        return connection == null ? Connection.createCanceledConnection() : connection;
    }

    @Override
    public void onCreateOutgoingConnectionFailed(PhoneAccountHandle account, ConnectionRequest request) {
        AndroidCallUi ui = current;
        if (ui != null) {
            ui.outgoingRefused(AndroidCallUi.idOf(request.getExtras()));
        }
    }

    /** If calls are left, Telecom has stopped and forgets them. */
    @Override
    public boolean onUnbind(Intent intent) {
        AndroidCallUi ui = current;
        if (ui != null) {
            ui.serviceLost();
        }
        return super.onUnbind(intent);
    }
}
