// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.call.SipStatus;
import com.techpro.callclient.engine.internal.call.sdp.LocalMedia;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** What a call reacts to. */
sealed interface Input {
    /** Media has been opened for a call that we make. */
    record Ready(LocalMedia local) implements Input {}

    /** The user takes the call; media has been opened for it. */
    record Answer(LocalMedia local) implements Input {}

    record Reject(RejectReason reason) implements Input {}

    record HangUp() implements Input {}

    record Hold() implements Input {}

    record Resume() implements Input {}

    /**
     * The phone system reaches us elsewhere now: by another connection, or at another address of this machine.
     *
     * @param rtp where media is received now, or null if it stayed where it was
     * @param target whether our Contact is one that the other side does not know, and how to tell it
     */
    record Moved(@Nullable InetSocketAddress rtp, Phase.Target target) implements Input {}

    /** Something of ours that the call cannot do without failed. */
    record Broken(Failure failure) implements Input {}

    /**
     * A provisional response to our first INVITE.
     *
     * @param remoteTag of the phone it comes from; empty if it does not say
     */
    record Progress(
            String remoteTag, boolean ringing, @Nullable SessionDescription answer) implements Input {}

    /** A phone that rang for our first INVITE says goodbye; the others go on (RFC 3261 §15). It has been answered. */
    record EarlyDialogEnded(String remoteTag) implements Input {}

    /** A 2xx to our INVITE, first or later: {@link Effect.Acknowledge} or {@link Effect.Discard} is owed. */
    record Accepted(AnswerId id, @Nullable SessionDescription answer) implements Input {}

    /** A final no to our INVITE, first or later. */
    record Refused(SipStatus status, CallEnding ending) implements Input {}

    /** No final response to our INVITE, first or later. */
    record Unanswered(Failure failure) implements Input {}

    /** Their later INVITE: {@link Effect.Respond} is owed; a malformed body has been answered already. */
    record Offered(RequestId id, @Nullable SessionDescription offer) implements Input {}

    /** Their UPDATE (RFC 3311): {@link Effect.Respond} is owed. */
    record Updated(RequestId id, @Nullable SessionDescription offer) implements Input {}

    /** Their ACK of our 2xx. */
    record Acknowledged(@Nullable SessionDescription answer) implements Input {}

    /** Their ACK of our 2xx never came. */
    record AckMissing() implements Input {}

    /** Their BYE; it has been answered. */
    record Goodbye(boolean answeredElsewhere) implements Input {}

    /** Our BYE was answered, or never will be: nothing changes, but the call can be let go. */
    record GoodbyeDone() implements Input {}

    /** Their CANCEL. */
    record GivenUp(boolean answeredElsewhere) implements Input {}

    /** Their INVITE cannot be answered any more: its connection is gone, and nothing else leads to where it came from. */
    record Lost() implements Input {}

    record RingTimeout() implements Input {}

    /** The pause of {@link Effect.Pause} is over. */
    record PauseOver() implements Input {}

    /**
     * The session has to be refreshed by us (RFC 4028 §7.4).
     *
     * @param byUpdate whether the other side takes UPDATE
     */
    record RefreshDue(boolean byUpdate) implements Input {}

    /** Our UPDATE was accepted. */
    record Refreshed() implements Input {}

    /** A final no to our UPDATE. */
    record RefreshRefused(SipStatus status, CallEnding ending) implements Input {}

    /** No final response to our UPDATE. */
    record RefreshUnanswered(Failure failure) implements Input {}

    /** Nobody refreshed the session in time (RFC 4028 §10). */
    record SessionExpired() implements Input {}

    /** Nothing was received for longer than the call may go on. */
    record MediaMissing() implements Input {}
}
