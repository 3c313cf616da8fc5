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
 * What of the lock survives a restart.
 *
 * @param password null until the phone system accepted one
 * @param enrolmentTrusted whether biometrics may answer in place of the password
 */
record LockRecord(
        AppLock.Settings settings, @Nullable PasswordHash password, Attempts attempts, boolean enrolmentTrusted) {
    static final LockRecord EMPTY = new LockRecord(AppLock.Settings.OFF, null, Attempts.NONE, false);

    private static final int VERSION = 1;

    LockRecord with(AppLock.Settings changed) {
        return new LockRecord(changed, password, attempts, enrolmentTrusted);
    }

    LockRecord with(PasswordHash proved) {
        return new LockRecord(settings, proved, Attempts.NONE, enrolmentTrusted);
    }

    LockRecord with(Attempts counted) {
        return new LockRecord(settings, password, counted, enrolmentTrusted);
    }

    LockRecord trusting(boolean enrolment) {
        return new LockRecord(settings, password, attempts, enrolment);
    }

    boolean locks() {
        return settings.mode() != AppLock.Mode.NONE;
    }

    byte[] encode() {
        return VersionedJson.encode(VERSION, this::write);
    }

    private void write(JsonObject json) {
        json.addProperty("mode", settings.mode().name());
        addDuration(json, "idle", settings.idleTimeout());
        addDuration(json, "background", settings.backgroundTimeout());
        json.addProperty("failures", attempts.failures());
        json.addProperty("lastFailure", attempts.last().toEpochMilli());
        json.addProperty("enrolmentTrusted", enrolmentTrusted);
        if (password != null) {
            Base64.Encoder base64 = Base64.getEncoder();
            json.addProperty("salt", base64.encodeToString(password.salt()));
            json.addProperty("iterations", password.iterations());
            json.addProperty("hash", base64.encodeToString(password.key()));
        }
    }

    /** @throws UnreadableException if it is damaged, or of a newer version of this engine */
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
        return new LockRecord(
                settings, hash(json), attempts, json.get("enrolmentTrusted").getAsBoolean());
    }

    private static @Nullable PasswordHash hash(JsonObject json) {
        if (!json.has("hash")) {
            return null;
        }
        Base64.Decoder base64 = Base64.getDecoder();
        return PasswordHash.stored(
                base64.decode(json.get("salt").getAsString()),
                json.get("iterations").getAsInt(),
                base64.decode(json.get("hash").getAsString()));
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
