// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call at one moment. Immutable; prints without personal data.
 *
 * @param id names the call within its client
 * @param muted whether the user has muted the microphone
 * @param remote as the phone system names it
 * @param caller who that is; both of an incoming call are there when it begins to ring
 * @param originallyCalled incoming: whom the caller had called before it was diverted here (RFC 7044, RFC 5806), or null
 * @param encrypted whether signalling and media are encrypted as negotiated now; false before media is negotiated
 * @param loweredFloor whether the account permits less protection than real use needs
 * @param codecAgreed whether media has been negotiated
 * @param started when it was dialled, or began to ring here
 * @param ringing outgoing: when the other phone began to ring, or null
 * @param answered or null
 * @param ended or null
 * @param mergedWith the {@link Call#id} of the call that this one makes one conversation with ({@link Call#merge}), or null
 * @param quality null until media flows
 * @param ending null until the call is over
 */
public record CallSnapshot(
        String id,
        CallDirection direction,
        CallState state,
        HoldState hold,
        boolean muted,
        PartyIdentity remote,
        Caller caller,
        @Nullable PartyIdentity originallyCalled,
        boolean encrypted,
        boolean loweredFloor,
        boolean codecAgreed,
        Instant started,
        @Nullable Instant ringing,
        @Nullable Instant answered,
        @Nullable Instant ended,
        @Nullable String mergedWith,
        @Nullable CallQuality quality,
        @Nullable CallEnding ending) {
    /** The same with other figures. */
    public CallSnapshot withQuality(@Nullable CallQuality figures) {
        return new CallSnapshot(
                id,
                direction,
                state,
                hold,
                muted,
                remote,
                caller,
                originallyCalled,
                encrypted,
                loweredFloor,
                codecAgreed,
                started,
                ringing,
                answered,
                ended,
                mergedWith,
                figures,
                ending);
    }

    /** The same with another caller. */
    public CallSnapshot withCaller(Caller known) {
        return new CallSnapshot(
                id,
                direction,
                state,
                hold,
                muted,
                remote,
                known,
                originallyCalled,
                encrypted,
                loweredFloor,
                codecAgreed,
                started,
                ringing,
                answered,
                ended,
                mergedWith,
                quality,
                ending);
    }

    /** The same, mixed with another call, or with none. */
    public CallSnapshot withMergedWith(@Nullable String other) {
        return new CallSnapshot(
                id,
                direction,
                state,
                hold,
                muted,
                remote,
                caller,
                originallyCalled,
                encrypted,
                loweredFloor,
                codecAgreed,
                started,
                ringing,
                answered,
                ended,
                other,
                quality,
                ending);
    }
}
