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
 * @param pin the keys that the room asks for, with {@code #} at their end where it wants that; or null. Copied by {@link com.techpro.callclient.engine.Account#join}, and
 *     wiped once it is typed, or will not be any more
 * @param pinEntry when they are typed
 * @param pause how long to wait from then on, until the room listens
 * @param call how the call is made
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

    /** When a room hears its PIN. */
    public enum PinEntry {
        /** Once the room has answered. */
        AFTER_ANSWER,
        /** Once its prompt can be heard, which some rooms play before they answer. */
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
