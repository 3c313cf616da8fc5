// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallCommand;
import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.engine.internal.call.CallPhase.Confirmed;
import com.techpro.callclient.engine.internal.call.CallPhase.Linger;
import com.techpro.callclient.engine.internal.call.CallPhase.Terminated;
import com.techpro.callclient.engine.internal.call.sdp.LocalMedia;
import com.techpro.callclient.engine.internal.call.sdp.OfferAnswer;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.engine.internal.ice.IceAttributes;
import com.techpro.callclient.engine.internal.media.dtls.DtlsIdentity;
import com.techpro.callclient.engine.internal.sip.SipEndpoint;
import com.techpro.callclient.engine.internal.sip.dialog.DialogId;
import com.techpro.callclient.engine.internal.sip.dialog.Replaces;
import com.techpro.callclient.engine.internal.sip.message.NameAddr;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import com.techpro.callclient.engine.internal.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import com.techpro.callclient.engine.internal.sip.transport.FlowCallback;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the {@link CallMachine} of one call: signals what it wants, sets media and sound to its phase, and tells the host what changed.
 * Belongs to the loop, except where said.
 */
public final class CallSession {
    private final CallContext context;
    private final SipAccount account;
    private final AccountCalls observer;
    private final SnapshotPublisher view;
    private final IceServers iceServers;
    private final CallMedia media;
    private final CallTimers timers;
    private final CallPartsListener events;
    private final CallCommands commands;

    private CallOptions options;
    private @Nullable AudioPort port;
    private CallPhase phase;
    private @Nullable SipUri target;
    private @Nullable CallSignalling signalling;
    private @Nullable InetSocketAddress localAddress;
    /** The user took the call while its caller could not be answered: media opens when there is a way again. */
    private boolean answerDue;

    private final CallTransfers transfers;
    private @Nullable Consumer<CallEvent> reports;

    /** Somebody who takes the far end's place, once what is open is settled. */
    private @Nullable CallInput replacing;

    private boolean released;

    private CallSession(
            CallContext context,
            SipAccount account,
            DtlsIdentity identity,
            IceServers iceServers,
            AccountCalls observer,
            SnapshotPublisher view,
            CallPhase phase,
            CallOptions options) {
        this.context = context;
        this.account = account;
        this.observer = observer;
        this.iceServers = iceServers;
        this.view = view;
        this.phase = phase;
        this.options = options;
        this.events = new CallPartsListener(this, observer, view, context.loop()::nanoTime);
        this.media = new CallMedia(context, identity, events, events);
        this.timers = new CallTimers(context.loop());
        this.commands = new CallCommands(context.loop(), this);
        this.transfers = new CallTransfers(context, this, view);
    }

    /** From any thread; {@link #dial} or {@link #fail} follows on the loop. */
    static CallSession outgoing(
            CallContext context,
            SipAccount account,
            DtlsIdentity identity,
            IceServers iceServers,
            AccountCalls observer,
            String id,
            SipUri target,
            CallOptions options) {
        SnapshotPublisher view = new SnapshotPublisher(
                id,
                CallDirection.OUTGOING,
                RemoteParty.of(NameAddr.of(target)),
                null,
                List.of(),
                account.securityFloor().isWeakened(),
                context.loop().now());
        CallSession session = new CallSession(
                context, account, identity, iceServers, observer, view, new CallPhase.OpeningMedia(false), options);
        session.target = target;
        return session;
    }

    /** Media must know its local address, so the connection to the phone system comes first. */
    void dial(SipEndpoint endpoint) {
        signalling = CallSignalling.outgoing(context, endpoint, target, options.headers(), events);
        startRinging();
        if (lacksMicrophone(options)) {
            fail(new Failure.MicrophoneDenied());
            return;
        }
        endpoint.connect(new FlowCallback() {
            @Override
            public void opened(Flow flow) {
                if (phase instanceof CallPhase.OpeningMedia) {
                    localAddress = flow.local();
                    prepare(null);
                }
            }

            @Override
            public void failed(Failure failure) {
                fail(failure);
            }
        });
    }

    void fail(Failure failure) {
        feed(new CallInput.CallFailed(failure));
    }

    /** Rings. The offer, if any, has been found acceptable. */
    static CallSession incoming(
            CallContext context,
            SipEndpoint endpoint,
            DtlsIdentity identity,
            IceServers iceServers,
            AccountCalls observer,
            String callId,
            ServerTransactionHandle invite,
            @Nullable SessionDescription offer) {
        SipAccount account = endpoint.account();
        SnapshotPublisher view = viewOf(context, account, callId, invite.request(), endpoint.trusts(invite.flow()));
        RequestId id = RequestId.first(invite.request());
        CallSession session = new CallSession(
                context,
                account,
                identity,
                iceServers,
                observer,
                view,
                new CallPhase.Incoming(id, offer),
                CallOptions.DEFAULT);
        session.localAddress = invite.flow().local();
        CallSignalling signalling = CallSignalling.incoming(context, endpoint, session.events);
        session.signalling = signalling;
        signalling.ring(invite, id);
        session.startRinging();
        return session;
    }

    private static SnapshotPublisher viewOf(
            CallContext context, SipAccount account, String callId, SipRequest invite, boolean trusted) {
        return new SnapshotPublisher(
                callId,
                CallDirection.INCOMING,
                CallerIdentity.of(invite, trusted),
                Diversions.originallyCalled(invite, account.user()),
                context.customHeaders().of(invite),
                account.securityFloor().isWeakened(),
                context.loop().now());
    }

    /** What a call would have been that may not ring. */
    static CallSnapshot turnedAway(
            CallContext context, SipAccount account, String callId, SipRequest invite, boolean trusted) {
        return viewOf(context, account, callId, invite, trusted).snapshot().toBuilder()
                .state(CallState.ENDED)
                .ended(context.loop().now())
                .ending(new CallEnding.RejectedHere(RejectReason.UNAVAILABLE))
                .build();
    }

    public String id() {
        return view.id();
    }

    /** From any thread. */
    public CallSnapshot snapshot() {
        CallSnapshot published = view.snapshot();
        return published.codecAgreed()
                ? published.toBuilder().quality(media.quality()).build()
                : published;
    }

    /** What the host may ask of the call. From any thread. */
    public CallCommands commands() {
        return commands;
    }

    CallPhase phase() {
        return phase;
    }

    /** The microphone and speaker of the call, or null as long as it has none. */
    @Nullable
    AudioPort port() {
        return port;
    }

    boolean isMixed() {
        return media.isMixed();
    }

    /** Takes the call that rings: at once, or when its caller can be answered again. */
    void pickUp(CallOptions chosen) {
        options = chosen;
        if (signalling != null && signalling.isCutOff()) {
            answerDue = true;
        } else {
            prepare(phase);
        }
    }

    /** Promise P2: without the microphone there is no call, and the user learns at once why. A silent call needs none. */
    boolean lacksMicrophone(CallOptions chosen) {
        boolean silent = chosen.audio() == null && context.audio() == null;
        return !silent && !context.audioGate().permitsMicrophone();
    }

    CallTransfers transfers() {
        return transfers;
    }

    /** See {@link CallTransfers#transferTo}. */
    void transferTo(SipUri somebody, @Nullable CallSession consulted, Consumer<TransferOutcome> answer) {
        transfers.transferTo(somebody, consulted, CallSignalling.required(signalling, "anything signalled"), answer);
    }

    /** Calls whom the far end wants to be left for, with the same microphone and speaker. */
    CallSession follow(ReferredTo wanted) {
        return observer.follow(this, wanted.target().uri(), options.withHeaders(wanted.headers()));
    }

    /** Who hears of the call's events beside its observer. */
    void reportTo(Consumer<CallEvent> follower) {
        reports = follower;
    }

    /** Whom it was left for is not there. */
    void resumeAfterTransfer() {
        if (!(phase instanceof Terminated)) {
            toFront();
            feed(new CallInput.Resume());
        }
    }

    /** Whether somebody is to be connected with the far end of this call. */
    void consulting(boolean now) {
        if (signalling != null) {
            signalling.consulting(now);
        }
    }

    /** Whom a transfer to the far end of this call leads to: in our place there, once it is there. */
    SipUri asTransferTarget() {
        return phase instanceof Confirmed && signalling != null
                ? signalling.inPlaceOfUs()
                : CallSignalling.required(target, "anybody who was called");
    }

    /** The call is talked on again: of those with the same microphone, the others go on hold. */
    void toFront() {
        if (port != null) {
            context.waiting().take(port, this);
        }
    }

    /** @return false if nobody there takes keys */
    boolean press(String tones) {
        // Before the answer too: some systems ask for a number in early media.
        if (media.sendDtmf(tones)) {
            return true;
        }
        if (phase instanceof Confirmed && signalling != null) {
            signalling.sendTones(tones);
            return true;
        }
        return false;
    }

    void mute(boolean muted) {
        media.setMuted(muted);
        view.setMuted(muted, media.quality()).forEach(this::tell);
    }

    /** @return whether the two calls are one conversation now */
    boolean mixWith(CallSession other) {
        return LocalMix.begin(context, asMember(), other.asMember(), port, options, events);
    }

    private LocalMix.Member asMember() {
        return new LocalMix.Member(
                id(), media, with -> view.mergedWith(with).forEach(this::tell), this::holdForAnother);
    }

    /** Whether the other side is a conference's focus, and which; null if it is not, or not yet. On the loop. */
    public @Nullable Focus focus() {
        context.loop().assertOnLoop();
        return signalling == null || phase instanceof Terminated ? null : signalling.focus();
    }

    /** The SSRCs of those whom the far end, if it is a mixer, names as heard now; null if it names nobody. From any thread. */
    public int @Nullable [] contributing() {
        return media.contributing();
    }

    void hangUpNow() {
        feed(new CallInput.HangUp());
    }

    /** Another call of the same person comes to the front. */
    void holdForAnother() {
        if (phase.state() != CallState.INCOMING) {
            feed(new CallInput.Hold());
        }
    }

    /** Somebody found out who the other side is. On the loop; the host is told unless that is what it knows already. */
    public void resolved(Caller caller) {
        CallEvent event = phase instanceof Terminated ? null : view.resolved(caller);
        if (event != null) {
            tell(event);
        }
    }

    /** The phone system reaches this account by another flow now: who calls is answered by it, and media moves there (RFC 3264 §8.3.1). */
    void moved(Flow flow) {
        localAddress = flow.local();
        if (signalling != null && !(phase instanceof Terminated)) {
            signalling.moved(flow);
        }
        if (answerDue && phase instanceof CallPhase.Incoming) {
            answerDue = false;
            prepare(phase);
        }
        InetSocketAddress rtp =
                phase instanceof Terminated ? null : media.moveTo(flow.local().getAddress());
        CallPhase.Target target = signalling == null ? CallPhase.Target.KNOWN : signalling.target();
        CallIce ice = media.ice();
        if (rtp != null && ice != null && !ice.isStopped()) {
            ice.whenGathered(found -> feed(new CallInput.LocalAddressChanged(rtp, target, found)));
        } else if (rtp != null && ice != null && account.ice().candidates() != IceSettings.Candidates.RELAYED_ONLY) {
            // The other side does without ICE, and is told the plain address.
            feed(new CallInput.LocalAddressChanged(rtp, target, IceAttributes.NONE));
        } else if (!(phase instanceof Terminated) && (rtp != null || target != CallPhase.Target.KNOWN)) {
            feed(new CallInput.LocalAddressChanged(rtp, target));
        }
    }

    /**
     * Somebody takes the far end's place (RFC 3891 §3).
     *
     * @param offer null leaves it to us
     * @return the status to refuse it with, or 0 if it is dealt with
     */
    int replace(Replaces named, ServerTransactionHandle invite, @Nullable SessionDescription offer) {
        int refusal = CommandRules.replacementRefusal(named, phase);
        LocalMedia local = phase.local();
        if (refusal == 0 && signalling != null && local != null) {
            RequestId id = signalling.oweReplacement(invite);
            feed(new CallInput.Replaced(id, offer, local.renewed(context.random()), null));
        }
        return refusal;
    }

    boolean isNamed(DialogId dialog) {
        return signalling != null && signalling.isNamed(dialog);
    }

    /** Offers another generation of ICE. */
    void findAnotherWay() {
        CallIce ice = media.ice();
        if (ice != null && phase instanceof CallPhase.Confirmed) {
            ice.restart(found -> feed(new CallInput.LocalAddressChanged(null, CallPhase.Target.KNOWN, found)));
        }
    }

    /** @return whether it waits for what is open, or for the generation of ICE that it asks for, and is fed later */
    private boolean isPutOff(CallInput input) {
        if (input instanceof CallInput.Replaced && !CommandRules.isReplaceable(phase)) {
            replacing = input;
            return true;
        }
        CallIce ice = media.ice();
        if (ice == null || !(input instanceof CallInput.OfferReceived received)) {
            return false;
        }
        SessionDescription offer = received.offer();
        if (offer == null || received.ice() != null || !ice.isRestart(offer)) {
            return false;
        }
        ice.restart(found -> feed(received.found(found)));
        return true;
    }

    /** Lets go of everything at once, without a word to the other side. */
    void dispose() {
        if (!(phase instanceof Terminated)) {
            advance(new Terminated(new CallEnding.LocalHangUp(), Linger.NOTHING));
        }
        release();
    }

    /** Opens media, then goes on with the phase: the first INVITE, or the answer. */
    private void prepare(@Nullable CallPhase incoming) {
        port = options.audio() != null ? options.audio() : context.audio();
        toFront();
        InetSocketAddress address = localAddress;
        if (address == null || media.isOpen()) {
            return;
        }
        SessionDescription offer = incoming instanceof CallPhase.Incoming ringing ? ringing.offer() : null;
        try {
            media.open(
                    address.getAddress(),
                    account,
                    port,
                    options,
                    usesIce(offer) ? iceServers : null,
                    offer,
                    local -> opened(local, incoming == null));
        } catch (IOException e) {
            feed(new CallInput.CallFailed(new Failure.Unreachable()));
        }
    }

    private boolean usesIce(@Nullable SessionDescription offer) {
        return switch (account.ice().use()) {
            case NEVER -> false;
            case WHEN_OFFERED -> offer != null && OfferAnswer.iceCredentials(offer) != null;
            case OFFERED -> offer == null || OfferAnswer.iceCredentials(offer) != null;
        };
    }

    private void opened(LocalMedia local, boolean outgoing) {
        if (phase instanceof Terminated) {
            return;
        }
        if (local.codecs().isEmpty()) {
            fail(new Failure.MediaRefused(Failure.MediaProblem.NO_COMMON_CODEC));
            return;
        }
        feed(outgoing ? new CallInput.Ready(local) : new CallInput.Answer(local));
    }

    void feed(CallInput input) {
        context.loop().assertOnLoop();
        boolean givenUp =
                input instanceof CallInput.Replaced && (signalling == null || !signalling.isReplacementWaiting());
        if (givenUp || isPutOff(input)) {
            return;
        }
        CallMachine.Step step = CallMachine.next(
                phase, input, view.direction(), context.random().nextDouble());
        try {
            step.effects().forEach(this::perform);
        } finally {
            // Whatever throws, the call goes where the machine says: one that is over is let go.
            boolean keptOnHold = CommandRules.resumeRefused(phase, step.phase(), input);
            advance(step.phase());
            if (keptOnHold) {
                commands.refuse(CallCommand.RESUME, CommandRefusal.OTHER_SIDE_REFUSED);
            }
            if (replacing != null && CommandRules.isReplaceable(phase)) {
                CallInput next = replacing;
                replacing = null;
                context.loop().execute(() -> feed(next));
            }
            boolean owing = signalling != null && signalling.isBusy();
            if (phase instanceof Terminated over && over.linger() == Linger.NOTHING && !owing) {
                release();
            }
        }
    }

    private void perform(CallEffect effect) {
        if (effect instanceof CallEffect.StartGlareBackoff pause) {
            timers.startPause(pause.length(), () -> feed(new CallInput.GlareBackoffElapsed()));
        } else if (signalling == null) {
            throw new IllegalStateException("nothing is signalled before the call is dialled");
        } else {
            signalling.perform(effect);
        }
    }

    private void advance(CallPhase next) {
        CallPhase before = phase;
        phase = next;
        if (next.equals(before)) {
            return;
        }
        boolean over = next instanceof Terminated;
        if (before.state() != next.state()) {
            if (next.state() == CallState.ESTABLISHED) {
                timers.everyQuality(context.limits().qualityInterval(), () -> tell(view.quality(media.quality())));
            }
            if (over || next.state() == CallState.CONNECTING || next.state() == CallState.ESTABLISHED) {
                timers.stopRinging();
            }
        }
        if (!media.follow(next)) {
            context.loop().execute(() -> fail(new Failure.DestinationRefused()));
        }
        if (over && !(before instanceof Terminated)) {
            timers.stop();
            media.close();
            transfers.callOver(((Terminated) next).ending());
            if (port != null) {
                context.waiting().leave(port, this);
            }
        }
        view.advance(next, media.quality(), context.loop().now()).forEach(this::tell);
    }

    private void release() {
        if (!released) {
            released = true;
            if (signalling != null) {
                signalling.release();
            }
            observer.released(this);
        }
    }

    void tell(CallEvent event) {
        observer.changed(this, event);
        if (reports != null) {
            reports.accept(event);
        }
    }

    private void startRinging() {
        timers.startRinging(context.limits().ringTimeout(), () -> feed(new CallInput.RingTimeout()));
    }

    @Override
    public String toString() {
        return "CallSession[" + id() + "]";
    }
}
