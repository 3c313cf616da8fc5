// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.content.Intent;
import android.os.Bundle;
import android.telecom.Connection;
import android.telecom.ConnectionRequest;
import android.telecom.ConnectionService;
import android.telecom.PhoneAccountHandle;
import android.telecom.TelecomManager;
import org.jspecify.annotations.Nullable;

/**
 * Receives the decisions of Android's Telecom. Android creates the service itself, so it finds the
 * calls of the open {@link AndroidCallUi} through a static field.
 */
public final class CallConnectionService extends ConnectionService {
    private static final String ID = "com.techpro.callclient.call";

    private static volatile @Nullable ScreenCalls current;

    static void serve(ScreenCalls calls) {
        current = calls;
    }

    static void release(ScreenCalls calls) {
        if (calls.equals(current)) {
            current = null;
        }
    }

    /** Whether no port is open. */
    static boolean isIdle() {
        return current == null;
    }

    @Override
    public Connection onCreateIncomingConnection(PhoneAccountHandle account, ConnectionRequest request) {
        ScreenCalls calls = current;
        Connection connection = calls == null ? null : calls.incomingAllowed(idOf(request.getExtras()));
        return connection == null ? Connection.createCanceledConnection() : connection;
    }

    @Override
    public void onCreateIncomingConnectionFailed(PhoneAccountHandle account, ConnectionRequest request) {
        ScreenCalls calls = current;
        if (calls != null) {
            calls.incomingRefused(idOf(request.getExtras()));
        }
    }

    @Override
    public Connection onCreateOutgoingConnection(PhoneAccountHandle account, ConnectionRequest request) {
        ScreenCalls calls = current;
        Connection connection = calls == null ? null : calls.outgoingAllowed(idOf(request.getExtras()));
        return connection == null ? Connection.createCanceledConnection() : connection;
    }

    @Override
    public void onCreateOutgoingConnectionFailed(PhoneAccountHandle account, ConnectionRequest request) {
        ScreenCalls calls = current;
        if (calls != null) {
            calls.outgoingRefused(idOf(request.getExtras()));
        }
    }

    /** If calls are left, Telecom has stopped and forgets them. */
    @Override
    public boolean onUnbind(Intent intent) {
        ScreenCalls calls = current;
        if (calls != null) {
            calls.serviceLost();
        }
        return super.onUnbind(intent);
    }

    /** The extras by which Telecom names a call here. */
    static Bundle named(String id) {
        Bundle extras = new Bundle();
        extras.putString(ID, id);
        return extras;
    }

    private static @Nullable String idOf(@Nullable Bundle extras) {
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
}
