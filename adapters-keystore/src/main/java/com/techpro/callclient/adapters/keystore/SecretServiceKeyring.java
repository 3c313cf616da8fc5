// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.types.Variant;
import org.freedesktop.secret.Item;
import org.freedesktop.secret.Secret;
import org.freedesktop.secret.TransportEncryption;
import org.jspecify.annotations.Nullable;

/**
 * The default collection of the freedesktop.org Secret Service (GNOME Keyring, KWallet of 5.97 and
 * newer).
 *
 * <p>It calls the service's own methods and not java-keyring's. In a locked collection those return
 * normally after storing nothing, or throw a {@code NullPointerException}. Deleting an entry with
 * them can lock the user's whole login keyring. The secret travels encrypted over the bus.
 */
final class SecretServiceKeyring implements Keyring {
    private static final String PATH = "/org/freedesktop/secrets";
    private static final String SERVICE = "org.freedesktop.Secret.Service";
    private static final String COLLECTION = "org.freedesktop.Secret.Collection";
    private static final String ITEM = "org.freedesktop.Secret.Item";
    private static final String PROPERTIES = "org.freedesktop.DBus.Properties";
    private static final String NONE = "/";
    /** Half a second in all. */
    private static final int ASKED_AT_MOST = 11;

    private static final Duration PAUSE = Duration.ofMillis(50);

    private final String service;
    private final @Nullable String busAddress;

    SecretServiceKeyring(String service) {
        this(service, null);
    }

    /** @param busAddress the address of the bus; null for the user's session bus */
    SecretServiceKeyring(String service, @Nullable String busAddress) {
        this.service = service;
        this.busAddress = busAddress;
    }

    @Override
    public Session open() throws SecureStoreException {
        DBusConnection connection;
        try {
            DBusConnectionBuilder builder = busAddress == null
                    ? DBusConnectionBuilder.forSessionBus()
                    : DBusConnectionBuilder.forAddress(busAddress);
            connection = builder.withShared(false).build();
        } catch (DBusException | RuntimeException e) {
            throw new SecureStoreException(Reason.UNAVAILABLE, Redacted.of(e));
        }
        Connected session = new Connected(service, new DBusCalls(connection));
        try {
            session.start();
            return session;
        } catch (SecureStoreException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static final class Connected implements Session {
        private final String service;
        private final DBusCalls bus;
        private final TransportEncryption encryption;
        private String collection = NONE;

        Connected(String service, DBusCalls bus) {
            this.service = service;
            this.bus = bus;
            this.encryption = new TransportEncryption(bus.connection());
        }

        void start() throws SecureStoreException {
            collection = defaultCollection();
            if (collection.equals(NONE)) {
                throw new SecureStoreException(Reason.UNAVAILABLE, null);
            }
            Variant<?> locked = (Variant<?>) bus.call(collection, PROPERTIES, "Get", "ss", COLLECTION, "Locked")[0];
            if (!Boolean.FALSE.equals(locked.getValue())) {
                throw new SecureStoreException(Reason.LOCKED, null);
            }
            try {
                encryption.initialize();
                if (!encryption.openSession()) {
                    throw new SecureStoreException(Reason.UNAVAILABLE, null);
                }
                encryption.generateSessionKey();
            } catch (GeneralSecurityException | DBusException e) {
                throw new SecureStoreException(Reason.UNAVAILABLE, Redacted.of(e));
            }
        }

        /**
         * While GNOME Keyring rereads its files, as just after its start, it has no default
         * collection for some moments.
         */
        private String defaultCollection() throws SecureStoreException {
            String found = NONE;
            for (int i = 0; i < ASKED_AT_MOST && found.equals(NONE); i++) {
                if (i > 0) {
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
                found = path(bus.call(PATH, SERVICE, "ReadAlias", "s", "default")[0]);
            }
            return found;
        }

        @Override
        public char @Nullable [] get(String name) throws SecureStoreException {
            List<?> items = items(name);
            if (items.isEmpty()) {
                return null;
            }
            Object[] reply = bus.call(
                    path(items.get(0)),
                    ITEM,
                    "GetSecret",
                    "o",
                    encryption.getService().getSession().getPath());
            Object[] fields = (Object[]) reply[0];
            try (Secret secret = new Secret(
                    new org.freedesktop.dbus.ObjectPath("", path(fields[0])),
                    bytes(fields[1]),
                    bytes(fields[2]),
                    (String) fields[3])) {
                return encryption.decrypt(secret);
            } catch (GeneralSecurityException e) {
                throw new SecureStoreException(Reason.FAILED, Redacted.of(e));
            }
        }

        @Override
        public void put(String name, char[] text) throws SecureStoreException {
            byte[] utf8 = StandardCharsets.UTF_8.encode(CharBuffer.wrap(text)).array();
            byte[] value = Arrays.copyOf(utf8, text.length); // keys and numbers are ASCII
            Arrays.fill(utf8, (byte) 0);
            try (Secret secret = encryption.encrypt(value, StandardCharsets.UTF_8)) {
                Object[] reply = bus.call(
                        collection,
                        COLLECTION,
                        "CreateItem",
                        "a{sv}(oayays)b",
                        Item.createProperties(service + " " + name, attributes(name)),
                        secret,
                        true);
                withoutPrompt(reply[1]);
            } catch (GeneralSecurityException e) {
                throw new SecureStoreException(Reason.FAILED, Redacted.of(e));
            } finally {
                Arrays.fill(value, (byte) 0);
            }
            char[] stored = get(name);
            try {
                if (!Arrays.equals(stored, text)) {
                    throw new SecureStoreException(Reason.FAILED, null);
                }
            } finally {
                if (stored != null) {
                    Arrays.fill(stored, '\0');
                }
            }
        }

        @Override
        public void remove(String name) throws SecureStoreException {
            for (Object item : items(name)) {
                withoutPrompt(bus.call(path(item), ITEM, "Delete", "")[0]);
            }
            if (!items(name).isEmpty()) {
                throw new SecureStoreException(Reason.FAILED, null);
            }
        }

        @Override
        public void close() {
            encryption.clear();
            bus.close();
        }

        private List<?> items(String name) throws SecureStoreException {
            return (List<?>) bus.call(collection, COLLECTION, "SearchItems", "a{ss}", attributes(name))[0];
        }

        private Map<String, String> attributes(String name) {
            return Map.of("service", service, "account", name);
        }

        /** With a prompt the service requests the user's permission first. */
        private static void withoutPrompt(Object prompt) throws SecureStoreException {
            if (!path(prompt).equals(NONE)) {
                throw new SecureStoreException(Reason.LOCKED, null);
            }
        }

        private static String path(Object path) {
            return ((DBusPath) path).getPath();
        }

        private static byte[] bytes(Object array) {
            if (array instanceof byte[] already) {
                return already;
            }
            List<?> list = (List<?>) array;
            byte[] bytes = new byte[list.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (Byte) list.get(i);
            }
            return bytes;
        }
    }
}
