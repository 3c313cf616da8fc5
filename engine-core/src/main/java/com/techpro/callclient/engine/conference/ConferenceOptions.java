// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.conference;

import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.ports.secret.Secret;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to enter a conference room.
 *
 * @param pin the PIN that the room asks for, ending with {@code #} if the room requires that; or
 *     null. {@link com.techpro.callclient.engine.Account#join} copies it, and wipes the copy once
 *     it was sent or will not be
 * @param pinEntry when the PIN is sent
 * @param pause how long to wait after that moment, until the room listens
 * @param call the options of the call
 */
public record ConferenceOptions(@Nullable Secret pin, PinEntry pinEntry, Duration pause, CallOptions call) {
    public static final ConferenceOptions DEFAULT =
            new ConferenceOptions(null, PinEntry.AFTER_ANSWER, Duration.ofMillis(1_500), CallOptions.DEFAULT);

    public ConferenceOptions {
        Objects.requireNonNull(pinEntry, "pinEntry");
        Objects.requireNonNull(pause, "pause");
        Objects.requireNonNull(call, "call");
        if (pause.isNegative() || pause.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("a pause is at most a minute, not " + pause);
        }
    }

    /** When the PIN is sent. */
    public enum PinEntry {
        /** After the room has answered. */
        AFTER_ANSWER,
        /** After the room's prompt begins, which some rooms play before they answer. */
        ON_PROMPT
    }

    public ConferenceOptions withPin(@Nullable Secret keys) {
        return new ConferenceOptions(keys, pinEntry, pause, call);
    }

    public ConferenceOptions withPinEntry(PinEntry when) {
        return new ConferenceOptions(pin, when, pause, call);
    }

    public ConferenceOptions withPause(Duration length) {
        return new ConferenceOptions(pin, pinEntry, length, call);
    }

    public ConferenceOptions withCall(CallOptions options) {
        return new ConferenceOptions(pin, pinEntry, pause, options);
    }
}
