// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import com.techpro.callclient.engine.failure.SipStatus;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a call at one moment. Immutable; prints without personal data. Tests of a host create their own with
 * {@link #builder}.
 */
public final class CallSnapshot {
    private final Builder values;

    private CallSnapshot(Builder values) {
        this.values = values;
    }

    /**
     * A builder of a call that has just been dialled or begun to ring here, and is not encrypted. Set the rest on the
     * builder.
     */
    public static Builder builder(String id, CallDirection direction, PartyIdentity remote) {
        return new Builder(id, direction, remote);
    }

    /** A builder that starts with this snapshot's values. */
    public Builder toBuilder() {
        return new Builder(values);
    }

    /** Identifies the call within its client. */
    public String id() {
        return values.id;
    }

    public CallDirection direction() {
        return values.direction;
    }

    public CallState state() {
        return values.state;
    }

    public HoldState hold() {
        return values.hold;
    }

    /**
     * Whether the other side has accepted what {@link #hold} says of this side. It is false while a hold or a resume is
     * not answered, and after a hold was refused: then nothing is heard or sent, but the other side does not know. True
     * if nothing was asked.
     */
    public boolean holdAccepted() {
        return values.holdAccepted;
    }

    /** Whether the user has muted the microphone. */
    public boolean muted() {
        return values.muted;
    }

    /** The other side, as the phone system names it. */
    public PartyIdentity remote() {
        return values.remote;
    }

    /** The other side's caller identity. For an incoming call it is known when the call begins to ring. */
    public Caller caller() {
        return values.caller;
    }

    /**
     * Incoming: the party that the caller had called before the call was diverted here (RFC 7044, RFC 5806), or null.
     */
    public @Nullable PartyIdentity originallyCalled() {
        return values.originallyCalled;
    }

    /** Incoming: how the phone system wants the call to ring; {@link RingKind#STANDARD} if anybody else asks for it. */
    public RingKind ringKind() {
        return values.ringKind;
    }

    /**
     * Incoming: how long after it began to ring the phone system wants the call answered automatically, as by an
     * intercom. Null if it does not, or if anybody else asks for it. See {@link
     * com.techpro.callclient.engine.CallClientConfig.Builder#autoAnswer}.
     */
    public @Nullable Duration answerAfter() {
        return values.answerAfter;
    }

    /** Incoming: the config's custom headers that came with the INVITE. */
    public List<CallHeader> headers() {
        return values.headers;
    }

    /** Whether media is encrypted as negotiated now; false before media is negotiated. */
    public boolean encrypted() {
        return values.encrypted;
    }

    /** Whether the account permits less protection than real use needs. */
    public boolean weakenedSecurity() {
        return values.weakenedSecurity;
    }

    /** Whether media has been negotiated. */
    public boolean codecAgreed() {
        return values.codecAgreed;
    }

    /** The RTP encoding name of the media that is sent, such as {@code PCMU}; null before media is negotiated. */
    public @Nullable String codec() {
        return values.codec;
    }

    /** How the media keys were agreed; null before media is negotiated. */
    public @Nullable MediaKeying keying() {
        return values.keying;
    }

    /**
     * The cipher of the media; null before media is negotiated or the handshake has made keys, and for a lab's clear
     * text.
     */
    public @Nullable SrtpSuite cipher() {
        return values.cipher;
    }

    /**
     * Whether no media has arrived for two seconds or more, though the call is established and media is due. A far end
     * that was never heard counts as missing even if it sends RTCP reports; once it was heard, its reports show that it
     * is there. {@link CallEvent.ReceptionChanged} tells of a change.
     */
    public boolean nothingArrives() {
        return values.nothingArrives;
    }

    /** When the call was dialled, or began to ring here. */
    public Instant started() {
        return values.started;
    }

    /** Outgoing: when the other phone began to ring, or null. */
    public @Nullable Instant ringing() {
        return values.ringing;
    }

    /** When the call was answered; null before. */
    public @Nullable Instant answered() {
        return values.answered;
    }

    /** When the call ended; null before. */
    public @Nullable Instant ended() {
        return values.ended;
    }

    /** The {@link Call#id} of the call that this one is merged with ({@link Call#merge}), or null. */
    public @Nullable String mergedWith() {
        return values.mergedWith;
    }

    /** Whether a {@link Call#transfer} of the host is under way. */
    public boolean transferring() {
        return values.transferring;
    }

    /** The quality figures; null until media flows. */
    public @Nullable CallQuality quality() {
        return values.quality;
    }

    /** Why the call ended; null before. */
    public @Nullable CallEnding ending() {
        return values.ending;
    }

    /** The other side's response that ended the call, in its own words; null if something else did. */
    public @Nullable SipStatus status() {
        return values.status;
    }

    private List<@Nullable Object> all() {
        return Arrays.asList(
                values.id,
                values.direction,
                values.state,
                values.hold,
                values.holdAccepted,
                values.muted,
                values.remote,
                values.caller,
                values.originallyCalled,
                values.ringKind,
                values.answerAfter,
                values.headers,
                values.encrypted,
                values.weakenedSecurity,
                values.codecAgreed,
                values.codec,
                values.keying,
                values.cipher,
                values.nothingArrives,
                values.started,
                values.ringing,
                values.answered,
                values.ended,
                values.mergedWith,
                values.transferring,
                values.quality,
                values.ending,
                values.status);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallSnapshot snapshot && snapshot.all().equals(all());
    }

    @Override
    public int hashCode() {
        return all().hashCode();
    }

    @Override
    public String toString() {
        return "CallSnapshot[" + id() + ", " + direction() + ", " + state() + ", " + hold() + ", " + ending()
                + ", redacted]";
    }

    /** A builder of snapshots. */
    public static final class Builder {
        private final String id;
        private final CallDirection direction;
        private CallState state;
        private HoldState hold = HoldState.NONE;
        private boolean holdAccepted = true;
        private boolean muted;
        private PartyIdentity remote;
        private Caller caller;
        private @Nullable PartyIdentity originallyCalled;
        private RingKind ringKind = RingKind.STANDARD;
        private @Nullable Duration answerAfter;
        private List<CallHeader> headers = List.of();
        private boolean encrypted;
        private boolean weakenedSecurity;
        private boolean codecAgreed;
        private @Nullable String codec;
        private @Nullable MediaKeying keying;
        private @Nullable SrtpSuite cipher;
        private boolean nothingArrives;
        private Instant started = Instant.EPOCH;
        private @Nullable Instant ringing;
        private @Nullable Instant answered;
        private @Nullable Instant ended;
        private @Nullable String mergedWith;
        private boolean transferring;
        private @Nullable CallQuality quality;
        private @Nullable CallEnding ending;
        private @Nullable SipStatus status;

        private Builder(String id, CallDirection direction, PartyIdentity remote) {
            this.id = id;
            this.direction = direction;
            this.state = direction == CallDirection.OUTGOING ? CallState.DIALLING : CallState.INCOMING;
            this.remote = remote;
            this.caller = Caller.of(remote);
        }

        private Builder(Builder other) {
            this.id = other.id;
            this.direction = other.direction;
            this.state = other.state;
            this.hold = other.hold;
            this.holdAccepted = other.holdAccepted;
            this.muted = other.muted;
            this.remote = other.remote;
            this.caller = other.caller;
            this.originallyCalled = other.originallyCalled;
            this.ringKind = other.ringKind;
            this.answerAfter = other.answerAfter;
            this.headers = other.headers;
            this.encrypted = other.encrypted;
            this.weakenedSecurity = other.weakenedSecurity;
            this.codecAgreed = other.codecAgreed;
            this.codec = other.codec;
            this.keying = other.keying;
            this.cipher = other.cipher;
            this.nothingArrives = other.nothingArrives;
            this.started = other.started;
            this.ringing = other.ringing;
            this.answered = other.answered;
            this.ended = other.ended;
            this.mergedWith = other.mergedWith;
            this.transferring = other.transferring;
            this.quality = other.quality;
            this.ending = other.ending;
            this.status = other.status;
        }

        public Builder ringKind(RingKind value) {
            this.ringKind = value;
            return this;
        }

        public Builder answerAfter(@Nullable Duration value) {
            this.answerAfter = value;
            return this;
        }

        public Builder headers(List<CallHeader> value) {
            this.headers = List.copyOf(value);
            return this;
        }

        public Builder state(CallState value) {
            this.state = value;
            return this;
        }

        public Builder hold(HoldState value) {
            this.hold = value;
            return this;
        }

        public Builder holdAccepted(boolean value) {
            this.holdAccepted = value;
            return this;
        }

        public Builder muted(boolean value) {
            this.muted = value;
            return this;
        }

        public Builder remote(PartyIdentity value) {
            this.remote = value;
            return this;
        }

        public Builder caller(Caller value) {
            this.caller = value;
            return this;
        }

        public Builder originallyCalled(@Nullable PartyIdentity value) {
            this.originallyCalled = value;
            return this;
        }

        public Builder encrypted(boolean value) {
            this.encrypted = value;
            return this;
        }

        public Builder weakenedSecurity(boolean value) {
            this.weakenedSecurity = value;
            return this;
        }

        public Builder codecAgreed(boolean value) {
            this.codecAgreed = value;
            return this;
        }

        public Builder codec(@Nullable String value) {
            this.codec = value;
            return this;
        }

        public Builder keying(@Nullable MediaKeying value) {
            this.keying = value;
            return this;
        }

        public Builder cipher(@Nullable SrtpSuite value) {
            this.cipher = value;
            return this;
        }

        public Builder nothingArrives(boolean value) {
            this.nothingArrives = value;
            return this;
        }

        public Builder started(Instant value) {
            this.started = value;
            return this;
        }

        public Builder ringing(@Nullable Instant value) {
            this.ringing = value;
            return this;
        }

        public Builder answered(@Nullable Instant value) {
            this.answered = value;
            return this;
        }

        public Builder ended(@Nullable Instant value) {
            this.ended = value;
            return this;
        }

        public Builder mergedWith(@Nullable String value) {
            this.mergedWith = value;
            return this;
        }

        public Builder transferring(boolean value) {
            this.transferring = value;
            return this;
        }

        public Builder quality(@Nullable CallQuality value) {
            this.quality = value;
            return this;
        }

        public Builder ending(@Nullable CallEnding value) {
            this.ending = value;
            return this;
        }

        public Builder status(@Nullable SipStatus value) {
            this.status = value;
            return this;
        }

        public CallSnapshot build() {
            return new CallSnapshot(new Builder(this));
        }
    }
}
