// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.conference;

import com.techpro.callclient.testkit.pbx.call.Leg;
import com.techpro.callclient.testkit.pbx.call.ServiceCall;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One device in a {@link ConferenceRoom}, or joining it. Changed on the signalling loop, readable
 * from any thread.
 */
public final class RoomParticipant {
    private final String extension;
    private final String displayName;
    private final boolean invited;
    private final @Nullable String invitedBy;
    private volatile @Nullable ServiceCall call;
    private volatile RoomMix.@Nullable Seat seat;
    private volatile Status status;
    private volatile @Nullable Instant joined;
    private volatile boolean muted;
    private volatile String direction = "sendrecv";
    private OptionalLong source = OptionalLong.empty();

    private RoomParticipant(String extension, String displayName, boolean invited, @Nullable String invitedBy) {
        this.extension = extension;
        this.displayName = displayName;
        this.invited = invited;
        this.invitedBy = invitedBy;
        this.status = invited ? Status.DIALING_OUT : Status.PENDING;
    }

    /** RFC 4575 §5.7. */
    enum Status {
        PENDING("pending"),
        DIALING_OUT("dialing-out"),
        ALERTING("alerting"),
        CONNECTED("connected");

        private final String word;

        Status(String word) {
            this.word = word;
        }
    }

    static RoomParticipant dialledIn(String extension, String displayName) {
        return new RoomParticipant(extension, displayName, false, null);
    }

    static RoomParticipant dialledOut(String extension, String displayName, String by) {
        return new RoomParticipant(extension, displayName, true, by);
    }

    void over(ServiceCall call, RoomMix.Seat seat) {
        this.call = call;
        this.seat = seat;
    }

    public String extension() {
        return extension;
    }

    public String displayName() {
        return displayName;
    }

    boolean invited() {
        return invited;
    }

    @Nullable
    String invitedBy() {
        return invitedBy;
    }

    /** The device's contact; null before an answer. */
    @Nullable
    String device() {
        ServiceCall service = call;
        Leg leg = service == null ? null : service.leg();
        return leg == null ? null : leg.dialog().remoteTarget().encode();
    }

    void rings() {
        if (status == Status.DIALING_OUT) {
            status = Status.ALERTING;
        }
    }

    void joined(Instant now) {
        status = Status.CONNECTED;
        joined = now;
    }

    boolean connected() {
        return status == Status.CONNECTED;
    }

    /** Null before it has joined. */
    @Nullable
    public Instant joinedAt() {
        return joined;
    }

    public boolean muted() {
        return muted;
    }

    void mute(boolean on) {
        muted = on;
        RoomMix.Seat taken = seat;
        if (taken != null) {
            taken.mute(on);
        }
    }

    public boolean talking() {
        RoomMix.Seat taken = seat;
        return taken != null && taken.talking();
    }

    /** As the device sees it. */
    String direction() {
        return direction;
    }

    void direction(String now) {
        direction = now;
    }

    public boolean onHold() {
        return connected() && (direction.equals("sendonly") || direction.equals("inactive"));
    }

    /** Returns the SSRC of its stream. */
    OptionalLong source() {
        return source;
    }

    void source(int ssrc) {
        source = OptionalLong.of(ssrc & 0xffff_ffffL);
    }

    /** Returns the status as RFC 4575 §5.7 names it. */
    public String status() {
        if (!connected()) {
            return status.word;
        }
        return onHold() ? "on-hold" : muted ? "muted-via-focus" : "connected";
    }

    /** Whether its call has ended. */
    boolean gone() {
        ServiceCall service = call;
        return service != null && service.over();
    }

    void hangUp() {
        ServiceCall service = call;
        if (service != null) {
            service.hangUp();
        }
    }
}
