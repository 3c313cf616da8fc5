// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.store.StoredDocument.UnreadableException;
import com.techpro.callclient.engine.internal.store.StoredName;
import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.engine.internal.store.VersionedJson;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The name that a registrar tells this installation from the user's others by (RFC 5626 §4.1): made once, at random, so that it says nothing of
 * device or user, and kept in the store. Where it cannot be kept, or cannot be read in time, one is made that lasts as long as the client. What
 * is erased is never used again: accounts that come afterwards have another. Belongs to the loop.
 */
public final class InstanceId {
    private static final int VERSION = 1;

    /** A key store that asks its user something may take minutes, and the phone is to be reached. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final EngineLoop loop;
    private final Random random;
    private final @Nullable UserStore store;
    private final List<Consumer<String>> waiting = new ArrayList<>();
    private @Nullable String urn;
    private @Nullable Timer impatience;
    private boolean reading;
    private boolean erased;

    /** @param store null where nothing can be stored */
    public InstanceId(EngineLoop loop, Random random, @Nullable UserStore store) {
        this.loop = loop;
        this.random = random;
        this.store = store;
    }

    /** @param then hears it, a {@code urn:uuid:}, perhaps inside the call */
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

    /** What is stored; what cannot be read is not overwritten, unless nobody can ever read it. */
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

    /** A version 4 UUID (RFC 4122 §4.4). */
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

    /** The store was erased, or is about to be. */
    public void forget() {
        loop.assertOnLoop();
        urn = null;
        erased = true;
    }
}
