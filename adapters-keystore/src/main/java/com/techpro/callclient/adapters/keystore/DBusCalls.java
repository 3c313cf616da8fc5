// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.time.Duration;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.errors.Error;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.messages.Message;
import org.freedesktop.dbus.messages.MethodCall;

/**
 * Calls to the Secret Service with typed errors; the library's own calls swallow them and return
 * null.
 */
final class DBusCalls implements AutoCloseable {
    // A service that writes its keyring to a slow disk may take a while; there is no wait for the
    // user.
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String NAME = "org.freedesktop.secrets";

    private final DBusConnection connection;

    DBusCalls(DBusConnection connection) {
        this.connection = connection;
    }

    DBusConnection connection() {
        return connection;
    }

    Object[] call(String path, String type, String method, String signature, Object... arguments)
            throws SecureStoreException {
        try {
            MethodCall call = new MethodCall(
                    NAME, path, type, method, (byte) 0, signature.isEmpty() ? null : signature, arguments);
            connection.sendMessage(call);
            Message reply = call.getReply(PATIENCE.toMillis());
            if (reply == null) {
                throw new SecureStoreException(Reason.FAILED, null);
            }
            if (reply instanceof Error) {
                throw new SecureStoreException(reasonOf(reply.getName()), null);
            }
            return reply.getParameters();
        } catch (DBusException | RuntimeException e) {
            throw new SecureStoreException(Reason.FAILED, Redacted.of(e));
        }
    }

    @Override
    public void close() {
        connection.disconnect();
    }

    private static Reason reasonOf(String error) {
        switch (error) {
            case "org.freedesktop.Secret.Error.IsLocked":
            case "org.gnome.keyring.Error.Denied":
                return Reason.LOCKED;
            case "org.freedesktop.DBus.Error.ServiceUnknown":
            case "org.freedesktop.DBus.Error.NameHasNoOwner":
            case "org.freedesktop.DBus.Error.Spawn.ExecFailed":
            case "org.freedesktop.DBus.Error.Spawn.ChildExited":
            case "org.freedesktop.DBus.Error.Disconnected":
            case "org.freedesktop.DBus.Local.Disconnected":
                return Reason.UNAVAILABLE;
            default:
                return Reason.FAILED;
        }
    }
}
