// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.call.CallPhase.Terminated;
import com.techpro.callclient.engine.internal.call.sdp.IceFragment;
import com.techpro.callclient.engine.internal.call.sdp.LocalMedia;
import com.techpro.callclient.engine.internal.call.sdp.OfferAnswer;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.engine.internal.ice.IceAttributes;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where one call's media goes: opened with the call, found by ICE, and moved with the account. Belongs to the loop. */
final class CallPaths {
    private final Consumer<CallInput> mailbox;
    private final Supplier<CallPhase> phase;
    private final CallMedia media;
    private final SipAccount account;
    private final IceServers servers;
    private final LearntKeys keys;

    SipAccount account() {
        return account;
    }

    /** @param phase that the call is in */
    CallPaths(
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
     * Opens media, then goes on with the call: the first INVITE, or the answer.
     *
     * @param ringing null for a call of ours
     */
    void open(InetAddress local, @Nullable AudioPort port, CallOptions options, CallPhase.@Nullable Incoming ringing) {
        if (media.isOpen()) {
            return;
        }
        SessionDescription offer = ringing == null ? null : ringing.offer();
        try {
            media.open(
                    local,
                    account,
                    port,
                    options,
                    usesIce(offer) ? servers : null,
                    offer,
                    opened -> opened(opened, ringing == null));
        } catch (IOException e) {
            mailbox.accept(new CallInput.CallFailed(new Failure.Unreachable()));
        }
    }

    private boolean usesIce(@Nullable SessionDescription offer) {
        IceSettings settings = account.ice();
        if (settings.candidates() == IceSettings.Candidates.RELAYED_ONLY && settings.use() != IceSettings.Use.NEVER) {
            // A relay is taken for a far end without ICE as well, which would see the device's address otherwise.
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
     * The account has another address (RFC 3264 §8.3.1).
     *
     * @param target whether our Contact is another one too
     */
    void moved(InetAddress here, CallPhase.Target target) {
        InetSocketAddress rtp = isOver() ? null : media.moveTo(here);
        CallIce ice = media.ice();
        if (rtp != null && ice != null && !ice.isStopped()) {
            ice.whenGathered(found -> mailbox.accept(new CallInput.LocalAddressChanged(rtp, target, found)));
        } else if (rtp != null && ice != null && account.ice().candidates() != IceSettings.Candidates.RELAYED_ONLY) {
            // The other side does without ICE, and is told the plain address.
            mailbox.accept(new CallInput.LocalAddressChanged(rtp, target, IceAttributes.NONE));
        } else if (!isOver() && (rtp != null || target != CallPhase.Target.KNOWN || isInviteLost())) {
            mailbox.accept(new CallInput.LocalAddressChanged(rtp, target));
        }
    }

    private boolean isInviteLost() {
        return phase.get() instanceof CallPhase.Dialling dialling && dialling.lost();
    }

    /** Offers another generation of ICE. */
    void findAnother() {
        CallIce ice = media.ice();
        if (ice != null && phase.get() instanceof CallPhase.Confirmed) {
            ice.restart(
                    found -> mailbox.accept(new CallInput.LocalAddressChanged(null, CallPhase.Target.KNOWN, found)));
        }
    }

    /**
     * Candidates of the other side that follow its description.
     *
     * @return false if this call does without
     */
    boolean trickled(String fragment) {
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

    /** What the other side is to be told of, as our description did not know it yet; null if that is nothing. */
    @Nullable
    String untold() {
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

    /** @return whether the input waits for the generation of ICE that it asks for, and is fed later */
    boolean putsOff(CallInput input) {
        CallIce ice = media.ice();
        if (ice == null || !(input instanceof CallInput.OfferReceived received) || received.ice() != null) {
            return false;
        }
        SessionDescription offer = received.offer();
        boolean another = offer == null ? asksForOffer(received) && !ice.isStopped() : ice.isRestart(offer);
        if (another) {
            ice.restart(found -> mailbox.accept(received.found(found)));
        }
        return another;
    }

    /** Whoever is to answer what an INVITE asks for may be somebody else than before (RFC 8839 §6). */
    private boolean asksForOffer(CallInput.OfferReceived received) {
        return !(received instanceof CallInput.UpdateReceived)
                && phase.get() instanceof CallPhase.Confirmed talking
                && !(talking.exchange() instanceof CallPhase.Exchange.Offering)
                && !(talking.exchange() instanceof CallPhase.Exchange.AwaitingAnswer);
    }
}
