// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import com.google.gson.JsonObject;
import com.techpro.callclient.engine.internal.store.StoredDocument.UnreadableException;
import com.techpro.callclient.engine.internal.store.VersionedJson;
import com.techpro.callclient.engine.lock.AppLock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The part of the lock that survives a restart.
 *
 * @param password null until the phone system has accepted one; one that is not storable is
 *     compared until a lock is set, and left out of the stored record
 * @param pin null unless the settings' mode uses one
 * @param enrolmentTrusted whether biometrics may replace the password or the PIN
 */
record LockRecord(
        AppLock.Settings settings,
        @Nullable StoredHash password,
        @Nullable Pin pin,
        Attempts attempts,
        boolean enrolmentTrusted) {
    static final LockRecord EMPTY = new LockRecord(AppLock.Settings.OFF, null, null, Attempts.NONE, false);

    /**
     * Version of a record with a PIN. A record without one keeps the old version, so that older
     * engines can read it.
     */
    private static final int VERSION = 2;

    private static final int VERSION_WITHOUT_PIN = 1;

    LockRecord {
        if (settings.mode().usesPin() != (pin != null)) {
            throw new IllegalArgumentException("a mode with a PIN has one, and no other");
        }
    }

    /**
     * The user's PIN.
     *
     * @param failures consecutive wrong attempts
     */
    record Pin(StoredHash hash, int failures) {
        static Pin of(StoredHash hash) {
            return new Pin(hash, 0);
        }

        Pin {
            if (failures < 0) {
                throw new IllegalArgumentException("a count is not negative");
            }
        }

        boolean blocked() {
            return failures >= AppLock.PIN_ATTEMPTS;
        }

        int attemptsLeft() {
            return Math.max(0, AppLock.PIN_ATTEMPTS - failures);
        }
    }

    /** Changes the settings. A mode without a PIN deletes it. */
    LockRecord with(AppLock.Settings changed) {
        return new LockRecord(changed, password, changed.mode().usesPin() ? pin : null, attempts, enrolmentTrusted);
    }

    LockRecord with(StoredHash proved) {
        return new LockRecord(settings, proved, pin, Attempts.NONE, enrolmentTrusted);
    }

    /** As {@link #with(PasswordHash)}, but wrong attempts stay counted. */
    LockRecord knowing(StoredHash accepted) {
        return new LockRecord(settings, accepted, pin, attempts, enrolmentTrusted);
    }

    LockRecord with(Attempts counted) {
        return new LockRecord(settings, password, pin, counted, enrolmentTrusted);
    }

    LockRecord withPin(StoredHash set, AppLock.Settings changed) {
        return new LockRecord(changed, password, Pin.of(set), attempts, enrolmentTrusted);
    }

    LockRecord trusting(boolean enrolment) {
        return new LockRecord(settings, password, pin, attempts, enrolment);
    }

    /** Counts an attempt as wrong until it proves right. */
    LockRecord counting(LockInput.Attempted attempt) {
        Pin counted = pin != null && attempt.pin() ? new Pin(pin.hash(), Math.min(pin.failures() + 1, 1_000)) : pin;
        return new LockRecord(settings, password, counted, attempts.another(attempt.now()), enrolmentTrusted);
    }

    /** Resets the counters, because the user has proved to be present. */
    LockRecord proven() {
        return new LockRecord(settings, password, pin == null ? null : Pin.of(pin.hash()), Attempts.NONE, true);
    }

    boolean holds(StoredHash set) {
        return pin != null && pin.hash() == set;
    }

    /** Restores the state before a PIN that could not be stored. */
    LockRecord restored(@Nullable Pin before, AppLock.Settings held) {
        return new LockRecord(
                held, password, before == null ? null : Pin.of(before.hash()), attempts, enrolmentTrusted);
    }

    boolean locks() {
        return settings.mode() != AppLock.Mode.NONE;
    }

    byte[] encode() {
        return VersionedJson.encode(pin == null ? VERSION_WITHOUT_PIN : VERSION, this::write);
    }

    private void write(JsonObject json) {
        json.addProperty("mode", settings.mode().name());
        addDuration(json, "idle", settings.idleTimeout());
        addDuration(json, "background", settings.backgroundTimeout());
        json.addProperty("failures", attempts.failures());
        json.addProperty("lastFailure", attempts.last().toEpochMilli());
        json.addProperty("enrolmentTrusted", enrolmentTrusted);
        if (password != null && password.isStorable()) {
            add(json, "salt", "iterations", "hash", password);
        }
        if (pin != null) {
            json.addProperty("pinFailures", pin.failures());
            add(json, "pinSalt", "pinIterations", "pinHash", pin.hash());
        }
    }

    private static void add(JsonObject json, String salt, String iterations, String key, StoredHash hash) {
        Base64.Encoder base64 = Base64.getEncoder();
        json.addProperty(salt, base64.encodeToString(hash.salt()));
        json.addProperty(iterations, hash.iterations());
        json.addProperty(key, base64.encodeToString(hash.key()));
    }

    /** @throws UnreadableException if it is damaged, or of a newer version of the engine */
    static LockRecord decode(byte @Nullable [] stored) throws UnreadableException {
        return stored == null ? EMPTY : VersionedJson.decode(stored, VERSION, LockRecord::read);
    }

    private static LockRecord read(JsonObject json) {
        AppLock.Settings settings = new AppLock.Settings(
                AppLock.Mode.valueOf(json.get("mode").getAsString()),
                duration(json, "idle"),
                duration(json, "background"));
        Attempts attempts = new Attempts(
                json.get("failures").getAsInt(),
                Instant.ofEpochMilli(json.get("lastFailure").getAsLong()));
        StoredHash pin = hash(json, "pinSalt", "pinIterations", "pinHash");
        return new LockRecord(
                settings,
                hash(json, "salt", "iterations", "hash"),
                pin == null ? null : new Pin(pin, json.get("pinFailures").getAsInt()),
                attempts,
                json.get("enrolmentTrusted").getAsBoolean());
    }

    private static @Nullable StoredHash hash(JsonObject json, String salt, String iterations, String key) {
        if (!json.has(key)) {
            return null;
        }
        Base64.Decoder base64 = Base64.getDecoder();
        return StoredHash.stored(
                base64.decode(json.get(salt).getAsString()),
                json.get(iterations).getAsInt(),
                base64.decode(json.get(key).getAsString()));
    }

    private static void addDuration(JsonObject json, String name, @Nullable Duration duration) {
        if (duration != null) {
            json.addProperty(name, duration.toMillis());
        }
    }

    private static @Nullable Duration duration(JsonObject json, String name) {
        return json.has(name) ? Duration.ofMillis(json.get(name).getAsLong()) : null;
    }
}
