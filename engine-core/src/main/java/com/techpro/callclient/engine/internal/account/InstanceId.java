// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.techpro.callclient.engine.internal.store.StoredDocument.UnreadableException;
import com.techpro.callclient.engine.internal.store.StoredName;
import com.techpro.callclient.engine.internal.store.UserStore;
import com.techpro.callclient.engine.internal.store.VersionedJson;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The instance ID by which a registrar distinguishes this installation from the user's others (RFC
 * 5626 §4.1), and the Contacts that this instance has registered. The ID is created once at random,
 * so that it reveals nothing about device or user. Both are kept in the store.
 *
 * <p>If it cannot be stored, or cannot be read in time, a temporary one lasts as long as the
 * client, and no Contacts are kept. An erased one is never used again; later accounts get a new
 * one. Belongs to the loop.
 */
public final class InstanceId {
    private static final int VERSION = 1;

    /** A key store that prompts the user may take minutes, but the phone must register. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Accounts whose Contacts are kept; the oldest is dropped. */
    private static final int MOST_ACCOUNTS = 32;

    private final EngineLoop loop;
    private final Random random;
    private final @Nullable UserStore store;
    private final List<Consumer<String>> waiting = new ArrayList<>();
    /** By address of record. */
    private final Map<String, List<String>> contacts = new LinkedHashMap<>();

    private final Set<String> taken = new HashSet<>();

    private @Nullable String urn;
    /** Whether {@link #urn} is the stored one, or being stored. */
    private boolean stored;

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
        from.read(StoredName.INSTANCE, value -> {
            reading = false;
            if (urn == null && !waiting.isEmpty()) {
                use(erased ? stored(from, create()) : found(from, value));
            }
        });
    }

    /**
     * Returns the stored ID, or a new one. An unreadable value is overwritten only if it is
     * corrupt.
     */
    private String found(UserStore from, UserStore.Stored found) {
        if (found instanceof UserStore.Stored.Unreadable) {
            return create();
        }
        byte[] value = found instanceof UserStore.Stored.Found there ? there.value() : null;
        if (value == null) {
            return stored(from, create());
        }
        try {
            String known = VersionedJson.decode(value, VERSION, this::decoded);
            stored = true;
            return known;
        } catch (UnreadableException e) {
            return e.reason() == Reason.CORRUPT ? stored(from, create()) : create();
        }
    }

    private String decoded(JsonObject document) {
        String known = "urn:uuid:" + UUID.fromString(document.get("instance").getAsString());
        if (document.has("contacts")) {
            document.getAsJsonObject("contacts").entrySet().forEach(account -> {
                List<String> uris = new ArrayList<>();
                account.getValue().getAsJsonArray().forEach(uri -> uris.add(uri.getAsString()));
                contacts.put(account.getKey(), uris);
            });
        }
        return known;
    }

    private String stored(UserStore to, String fresh) {
        contacts.clear();
        stored = true;
        write(to, fresh);
        return fresh;
    }

    private void write(UserStore to, String known) {
        byte[] document = VersionedJson.encode(VERSION, json -> {
            json.addProperty("instance", known.substring("urn:uuid:".length()));
            JsonObject accounts = new JsonObject();
            contacts.forEach((account, uris) -> {
                JsonArray all = new JsonArray();
                uris.forEach(all::add);
                accounts.add(account, all);
            });
            json.add("contacts", accounts);
        });
        to.write(StoredName.INSTANCE, document, reason -> {});
    }

    /**
     * Returns the Contacts under which the registrar may still have bindings of an earlier run.
     * Returns them once, as a second account of the same user must not remove those of the first;
     * none before the ID is {@linkplain #whenKnown known}.
     */
    List<String> takeContacts(String addressOfRecord) {
        return taken.add(addressOfRecord) ? contactsOf(addressOfRecord) : List.of();
    }

    private List<String> contactsOf(String addressOfRecord) {
        return contacts.getOrDefault(addressOfRecord, List.of());
    }

    /** Keeps an account's Contacts for the next run. */
    void keepContacts(String addressOfRecord, List<String> uris) {
        if (uris.isEmpty()) {
            taken.remove(addressOfRecord);
        }
        String known = urn;
        if (store == null || known == null || !stored || uris.equals(contactsOf(addressOfRecord))) {
            return;
        }
        contacts.remove(addressOfRecord);
        if (!uris.isEmpty()) {
            contacts.put(addressOfRecord, uris);
        }
        if (contacts.size() > MOST_ACCOUNTS) {
            contacts.remove(contacts.keySet().iterator().next());
        }
        write(store, known);
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

    /** Forgets the ID and the Contacts, because the store was erased or is about to be. */
    public void forget() {
        loop.assertOnLoop();
        urn = null;
        contacts.clear();
        taken.clear();
        stored = false;
        erased = true;
    }
}
