// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import com.techpro.callclient.engine.internal.store.StoredDocument.UnreadableException;
import com.techpro.callclient.engine.internal.store.StoredName;
import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.engine.internal.store.VersionedJson;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The instance ID by which a registrar distinguishes this installation from the user's others (RFC
 * 5626 §4.1). It is created once at random, so that it reveals nothing about device or user, and is
 * kept in the store.
 *
 * <p>If it cannot be stored, or cannot be read in time, a temporary one lasts as long as the
 * client. An erased one is never used again; later accounts get a new one. Belongs to the loop.
 */
public final class InstanceId {
    private static final int VERSION = 1;

    /** A key store that prompts the user may take minutes, but the phone must register. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final EngineLoop loop;
    private final Random random;
    private final @Nullable UserStore store;
    private final List<Consumer<String>> waiting = new ArrayList<>();
    private @Nullable String urn;
    private @Nullable Timer impatience;
    private boolean reading;
    private boolean erased;

    /** @param store null if nothing can be stored */
    public InstanceId(EngineLoop loop, Random random, @Nullable UserStore store) {
        this.loop = loop;
        this.random = random;
        this.store = store;
    }

    /** @param then receives a {@code urn:uuid:}, possibly before this method returns */
    void whenKnown(Consumer<String> then) {
        loop.assertOnLoop();
        String known = urn;
        if (known != null) {
            then.accept(known);
            return;
        }
        waiting.add(then);
        if (store == null) {
            use(create());
        } else if (impatience == null) {
            impatience = loop.schedule(PATIENCE, () -> use(create()));
            read(store);
        }
    }

    private void read(UserStore from) {
        if (reading) {
            return;
        }
        reading = true;
        erased = false;
        from.read(StoredName.INSTANCE, stored -> {
            reading = false;
            if (urn == null && !waiting.isEmpty()) {
                use(erased ? stored(from, create()) : found(from, stored));
            }
        });
    }

    /**
     * Returns the stored ID, or a new one. An unreadable value is overwritten only if it is
     * corrupt.
     */
    private String found(UserStore from, UserStore.Stored stored) {
        if (stored instanceof UserStore.Stored.Unreadable) {
            return create();
        }
        byte[] value = stored instanceof UserStore.Stored.Found there ? there.value() : null;
        if (value == null) {
            return stored(from, create());
        }
        try {
            return VersionedJson.decode(
                    value,
                    VERSION,
                    document -> "urn:uuid:"
                            + UUID.fromString(document.get("instance").getAsString()));
        } catch (UnreadableException e) {
            return e.reason() == Reason.CORRUPT ? stored(from, create()) : create();
        }
    }

    private String stored(UserStore to, String fresh) {
        String uuid = fresh.substring("urn:uuid:".length());
        to.write(
                StoredName.INSTANCE,
                VersionedJson.encode(VERSION, document -> document.addProperty("instance", uuid)),
                reason -> {});
        return fresh;
    }

    /** Creates a version 4 UUID (RFC 4122 §4.4). */
    private String create() {
        long high = (random.nextLong() & ~0xf000L) | 0x4000L;
        long low = (random.nextLong() & ~(0xc0L << 56)) | (0x80L << 56);
        return "urn:uuid:" + new UUID(high, low);
    }

    private void use(String known) {
        urn = known;
        if (impatience != null) {
            impatience.cancel();
            impatience = null;
        }
        List<Consumer<String>> told = new ArrayList<>(waiting);
        waiting.clear();
        told.forEach(then -> then.accept(known));
    }

    /** Forgets the ID, because the store was erased or is about to be. */
    public void forget() {
        loop.assertOnLoop();
        urn = null;
        erased = true;
    }
}
