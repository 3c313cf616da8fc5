// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.media;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.internal.call.machine.CallInput;
import com.techpro.callclient.engine.internal.call.machine.CallPhase;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Terminated;
import com.techpro.callclient.engine.internal.call.sdp.IceFragment;
import com.techpro.callclient.engine.internal.call.sdp.LocalMedia;
import com.techpro.callclient.engine.internal.call.sdp.OfferAnswer;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.stack.ice.IceAttributes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The local and remote addresses of one call's media: opened with the call, found by ICE, moved
 * with the account. Belongs to the loop.
 */
public final class MediaAddressing {
    private final Consumer<CallInput> mailbox;
    private final Supplier<CallPhase> phase;
    private final CallMedia media;
    private final SipAccount account;
    private final IceServers servers;
    private final LearntKeys keys;

    /** @param phase returns the call's current phase */
    public MediaAddressing(
            Consumer<CallInput> mailbox,
            Supplier<CallPhase> phase,
            CallMedia media,
            SipAccount account,
            IceServers servers,
            LearntKeys keys) {
        this.mailbox = mailbox;
        this.phase = phase;
        this.media = media;
        this.account = account;
        this.servers = servers;
        this.keys = keys;
    }

    /**
     * Opens media, then continues the call with the first INVITE or the answer.
     *
     * @param takesInfo whether the caller takes candidates by INFO; with trickle in its offer, the
     *     answer need not wait for candidates (RFC 8840 §4.1)
     */
    public void open(InetAddress local, boolean takesInfo) {
        if (media.isOpen()) {
            return;
        }
        CallPhase.Incoming ringing = phase.get() instanceof CallPhase.Incoming incoming ? incoming : null;
        SessionDescription offer = ringing == null ? null : ringing.offer();
        try {
            media.open(
                    local,
                    account,
                    usesIce(offer) ? servers : null,
                    offer,
                    takesInfo && offer != null && OfferAnswer.trickles(offer),
                    opened -> opened(opened, ringing == null));
        } catch (IOException e) {
            mailbox.accept(new CallInput.CallFailed(new Failure.Unreachable()));
        }
    }

    private boolean usesIce(@Nullable SessionDescription offer) {
        IceSettings settings = account.ice();
        if (settings.candidates() == IceSettings.Candidates.RELAYED_ONLY && settings.use() != IceSettings.Use.NEVER) {
            // Without a relay, a far end without ICE would see the device's address.
            return true;
        }
        return switch (settings.use()) {
            case NEVER -> false;
            case WHEN_OFFERED -> offer != null && OfferAnswer.iceCredentials(offer) != null;
            case OFFERED -> offer == null || OfferAnswer.iceCredentials(offer) != null;
        };
    }

    private void opened(LocalMedia local, boolean outgoing) {
        if (isOver()) {
            return;
        }
        if (local.codecs().isEmpty()) {
            mailbox.accept(new CallInput.CallFailed(new Failure.MediaRefused(Failure.MediaProblem.NO_COMMON_CODEC)));
            return;
        }
        LocalMedia offering = local.offering(keys.first());
        mailbox.accept(outgoing ? new CallInput.Ready(offering) : new CallInput.Answer(offering));
    }

    private boolean isOver() {
        return phase.get() instanceof Terminated;
    }

    /**
     * Moves media after the account's address changed (RFC 3264 §8.3.1).
     *
     * @param target whether our Contact changed too, and how to tell it
     */
    public void moved(InetAddress here, CallPhase.Target target) {
        InetSocketAddress rtp = isOver() ? null : media.moveTo(here);
        CallIce ice = media.ice();
        if (rtp != null && ice != null && !ice.isStopped()) {
            ice.whenGathered(found -> mailbox.accept(new CallInput.LocalAddressChanged(rtp, target, found)));
        } else if (rtp != null && ice != null && account.ice().candidates() != IceSettings.Candidates.RELAYED_ONLY) {
            // The far end does not use ICE, so it gets the plain address.
            mailbox.accept(new CallInput.LocalAddressChanged(rtp, target, IceAttributes.NONE));
        } else if (!isOver() && (rtp != null || target != CallPhase.Target.KNOWN || isInviteLost())) {
            mailbox.accept(new CallInput.LocalAddressChanged(rtp, target));
        }
    }

    private boolean isInviteLost() {
        return phase.get() instanceof CallPhase.Dialling dialling && dialling.lost();
    }

    /** Restarts ICE with a new offer, if the call uses ICE. */
    public void restart() {
        CallIce ice = media.ice();
        if (ice != null) {
            ice.restart(
                    true,
                    found -> mailbox.accept(new CallInput.LocalAddressChanged(null, CallPhase.Target.KNOWN, found)));
        }
    }

    /**
     * Adds candidates that the far end sends after its description.
     *
     * @return false if this call does not use ICE
     */
    public boolean trickled(String fragment) {
        CallIce ice = media.ice();
        SessionDescription ours = phase.get().description();
        if (ice == null || ice.isStopped()) {
            return false;
        }
        IceAttributes found = IceFragment.parse(fragment, ours == null ? null : OfferAnswer.mid(ours));
        if (found != null) {
            ice.trickled(found);
        }
        return true;
    }

    /**
     * Returns our candidates that the far end does not know yet, as a fragment; null if there are
     * none.
     */
    @Nullable
    public String untold() {
        CallIce ice = media.ice();
        if (ice == null || !(phase.get() instanceof CallPhase.Confirmed talking)) {
            return null;
        }
        String mid = OfferAnswer.mid(talking.mine());
        IceAttributes untold = mid == null ? null : ice.untold();
        return untold == null || mid == null
                ? null
                : IceFragment.write(untold, mid, talking.local().relatedWithheld());
    }

    /** @return whether the input waits for a restart of ICE and is fed again later */
    public boolean putsOff(CallInput input) {
        CallIce ice = media.ice();
        if (ice == null || !(input instanceof CallInput.OfferReceived received) || received.ice() != null) {
            return false;
        }
        SessionDescription offer = received.offer();
        boolean another = offer == null ? asksForOffer(received) && !ice.isStopped() : ice.isRestart(offer);
        if (another) {
            // What takes the far end's place, or will answer an offer that was asked for, may not trickle.
            boolean same = offer != null && !(received instanceof CallInput.Replaced);
            ice.restart(same, found -> mailbox.accept(received.found(found)));
        }
        return another;
    }

    /**
     * Whether an offer of ours is requested. Another party may answer it, so it restarts ICE (RFC
     * 8839 §6).
     */
    private boolean asksForOffer(CallInput.OfferReceived received) {
        return !(received instanceof CallInput.UpdateReceived)
                && phase.get() instanceof CallPhase.Confirmed talking
                && !(talking.exchange() instanceof CallPhase.Exchange.Offering)
                && !(talking.exchange() instanceof CallPhase.Exchange.AwaitingAnswer);
    }
}
