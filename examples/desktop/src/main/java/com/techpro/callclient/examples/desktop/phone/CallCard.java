// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call as shown on its card. Prints without personal data.
 *
 * @param id the call's
 * @param number empty if it is withheld, or is the name already
 * @param status the call's state as text
 * @param timer its duration; empty until it is answered
 * @param talking whether it is answered, so that it can be held, transferred, and sent DTMF
 * @param quality of the audio heard; unknown on hold and without devices
 * @param held by this side
 */
public record CallCard(
        String id,
        String name,
        String number,
        String initials,
        String status,
        String timer,
        Lock lock,
        String lockDetail,
        Quality quality,
        boolean ringsHere,
        boolean talking,
        boolean held,
        boolean muted) {
    /** Whether the media is encrypted. */
    public enum Lock {
        CLOSED("Encrypted"),
        OPEN("Not encrypted"),
        /** Nothing is agreed yet. */
        UNKNOWN("");

        private final String word;

        Lock(String word) {
            this.word = word;
        }

        /** Empty while nothing is known. */
        public String word() {
            return word;
        }
    }

    /**
     * @param sounds whether microphone and loudspeaker work
     * @param now for the timer
     */
    public static CallCard of(CallSnapshot call, boolean sounds, Instant now) {
        Caller caller = call.caller();
        String name = Words.name(caller);
        Instant answered = call.answered();
        Lock lock = !call.codecAgreed() ? Lock.UNKNOWN : call.encrypted() ? Lock.CLOSED : Lock.OPEN;
        return new CallCard(
                call.id(),
                name,
                caller.number().equals(name) ? "" : caller.number(),
                Words.initials(name),
                status(call, sounds),
                answered == null ? "" : Words.length(Duration.between(answered, now)),
                lock,
                lockDetail(lock, call.cipher()),
                sounds && call.hold() == HoldState.NONE ? Quality.of(call.quality()) : Quality.UNKNOWN,
                call.state() == CallState.INCOMING,
                call.state() == CallState.ESTABLISHED,
                call.hold().isLocal(),
                call.muted());
    }

    private static String status(CallSnapshot call, boolean sounds) {
        return switch (call.state()) {
            case DIALLING -> "Calling…";
            case RINGING_OUT -> "Ringing…";
            case INCOMING -> "Incoming call";
            case CONNECTING -> "Connecting…";
            case ESTABLISHED ->
                sounds || call.hold() != HoldState.NONE ? established(call) : "Microphone or loudspeaker does not work";
            case ENDED -> "Call ended";
        };
    }

    private static String established(CallSnapshot call) {
        if (call.transferring()) {
            return "Transferring…";
        }
        return switch (call.hold()) {
            case LOCAL -> call.holdAccepted() ? "On hold" : "On hold, not yet confirmed by the other side";
            case REMOTE -> "You are on hold";
            case BOTH -> "On hold on both sides";
            case NONE ->
                call.nothingArrives() ? "No sound received" : call.muted() ? "Your microphone is off" : "Connected";
        };
    }

    private static String lockDetail(Lock lock, @Nullable SrtpSuite cipher) {
        return switch (lock) {
            case UNKNOWN -> "Encryption is not negotiated yet";
            case OPEN -> "Others can listen in on this call";
            case CLOSED -> cipher == null ? "Nobody can listen in" : "Nobody can listen in: " + words(cipher);
        };
    }

    private static String words(SrtpSuite cipher) {
        return switch (cipher) {
            case AEAD_AES_256_GCM -> "AES-256-GCM";
            case AEAD_AES_128_GCM -> "AES-128-GCM";
            case AES_CM_128_HMAC_SHA1_80, AES_CM_128_HMAC_SHA1_32 -> "AES-128 with HMAC-SHA1";
        };
    }

    /** As a screen reader reads it. */
    public String sentence() {
        return name + ", " + status
                + (timer.isEmpty() ? "" : ", " + timer)
                + (muted ? ", muted" : "")
                + (lock.word().isEmpty() ? "" : ", " + lock.word())
                + (quality.word().isEmpty() ? "" : ", sound: " + quality.word());
    }

    @Override
    public String toString() {
        return "CallCard[" + status + ", redacted]";
    }
}
