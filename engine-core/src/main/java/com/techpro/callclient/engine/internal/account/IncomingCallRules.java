// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.account;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.failure.Failure.MediaProblem;
import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.engine.internal.call.ForwardingChoice;
import com.techpro.callclient.engine.internal.call.machine.CallPhase;
import com.techpro.callclient.engine.internal.call.machine.Forwarding;
import com.techpro.callclient.engine.internal.call.sdp.LocalMedia;
import com.techpro.callclient.engine.internal.call.sdp.Negotiation;
import com.techpro.callclient.engine.internal.call.sdp.OfferAnswer;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.engine.internal.call.signalling.MediaRefusal;
import com.techpro.callclient.engine.internal.call.signalling.MessageBodies;
import com.techpro.callclient.engine.internal.call.signalling.SessionExpires;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.stack.media.MediaDirection;
import com.techpro.callclient.stack.sip.dialog.Replaces;
import com.techpro.callclient.stack.sip.message.SipRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides what becomes of an INVITE that belongs to no dialog (RFC 3261 §13.3.1). Pure. */
final class IncomingCallRules {
    private IncomingCallRules() {}

    /**
     * What applies to the account as the INVITE arrives.
     *
     * @param local our media for a trial answer at the address that the INVITE reached
     * @param maxCalls how many calls may exist at a time
     * @param doNotDisturb whether no call may ring
     * @param unregistering whether the account has begun to go
     */
    record Settings(
            SipAccount account,
            LocalMedia local,
            ForwardingRules forwarding,
            int maxCalls,
            boolean doNotDisturb,
            boolean unregistering) {}

    sealed interface Outcome {}

    /** @param offer acceptable, or null if the caller leaves the offer to us */
    record Ring(@Nullable SessionDescription offer) implements Outcome {}

    /**
     * @param headers of the response, beside those of every response
     * @param ending the call's ending in the history, or null if the user is not told
     */
    record Refuse(
            RefusalReason reason,
            int status,
            Map<String, String> headers,
            @Nullable CallEnding ending) implements Outcome {
        private Refuse(RefusalReason reason, int status, Map<String, String> headers) {
            this(reason, status, headers, null);
        }
    }

    record Forward(Forwarding to) implements Outcome {}

    /** The INVITE asks to replace the far end of a call (RFC 3891 §3). */
    record Replace(Replaces named, @Nullable SessionDescription offer) implements Outcome {}

    /** @param calls the phases of the account's calls that are not yet released */
    static Outcome of(SipRequest invite, List<CallPhase> calls, Settings settings) {
        MessageBodies body = MessageBodies.of(invite);
        if (body.refusal() != 0) {
            return new Refuse(body.reason(), body.refusal(), body.accept());
        }
        if (SessionExpires.isTooShort(invite)) {
            String shortest = Long.toString(SessionExpires.SHORTEST.getSeconds());
            return new Refuse(RefusalReason.SESSION_INTERVAL_TOO_SMALL, 422, Map.of("Min-SE", shortest));
        }
        if (settings.unregistering()) {
            return new Refuse(RefusalReason.ACCOUNT_UNAVAILABLE, 480, Map.of());
        }
        List<String> replaces = invite.headers("Replaces");
        if (!replaces.isEmpty()) {
            Replaces named = replaces.size() == 1 ? Replaces.parse(replaces.get(0)) : null;
            return named == null
                    ? new Refuse(RefusalReason.MALFORMED, 400, Map.of())
                    : new Replace(named, body.description());
        }
        boolean busy = calls.stream().anyMatch(phase -> !(phase instanceof CallPhase.Terminated));
        Forwarding forwarding = ForwardingChoice.atOnce(
                settings.forwarding(), settings.account(), invite, busy, settings.doNotDisturb());
        if (forwarding != null) {
            return new Forward(forwarding);
        }
        if (calls.size() >= settings.maxCalls()) {
            return new Refuse(RefusalReason.TOO_MANY_CALLS, 486, Map.of());
        }
        MediaProblem problem = problem(body.description(), settings.local());
        if (problem != null) {
            return new Refuse(RefusalReason.NOT_ACCEPTABLE_HERE, 488, MediaRefusal.warning(problem));
        }
        if (settings.doNotDisturb()) {
            // RFC 3261 §21.4.18 gives this status for it.
            return new Refuse(
                    RefusalReason.DO_NOT_DISTURB,
                    480,
                    Map.of("Reason", "SIP;cause=480;text=\"Do not disturb\""),
                    new CallEnding.RejectedHere(RejectReason.UNAVAILABLE));
        }
        return new Ring(body.description());
    }

    /** Returns why no answer is possible; null if one is. */
    private static @Nullable MediaProblem problem(@Nullable SessionDescription offer, LocalMedia local) {
        if (local.codecs().isEmpty()) {
            return MediaProblem.NO_COMMON_CODEC;
        }
        return offer != null
                        && OfferAnswer.answer(local, MediaDirection.SENDRECV, offer)
                                instanceof Negotiation.Refused refused
                ? refused.problem()
                : null;
    }
}
