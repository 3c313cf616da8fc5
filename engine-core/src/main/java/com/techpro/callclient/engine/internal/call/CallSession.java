// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.AudioLevels;
import com.techpro.callclient.engine.call.CallCommand;
import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.CommandRefusal;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.engine.call.VoiceEffects;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.internal.call.context.CallContext;
import com.techpro.callclient.engine.internal.call.machine.CallEffect;
import com.techpro.callclient.engine.internal.call.machine.CallInput;
import com.techpro.callclient.engine.internal.call.machine.CallMachine;
import com.techpro.callclient.engine.internal.call.machine.CallPhase;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Confirmed;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Linger;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Terminated;
import com.techpro.callclient.engine.internal.call.machine.CallTrace;
import com.techpro.callclient.engine.internal.call.machine.CommandRules;
import com.techpro.callclient.engine.internal.call.machine.Forwarding;
import com.techpro.callclient.engine.internal.call.machine.RequestId;
import com.techpro.callclient.engine.internal.call.media.AccountMedia;
import com.techpro.callclient.engine.internal.call.media.CallMedia;
import com.techpro.callclient.engine.internal.call.media.LearntKeys;
import com.techpro.callclient.engine.internal.call.media.LocalMix;
import com.techpro.callclient.engine.internal.call.media.MediaAddressing;
import com.techpro.callclient.engine.internal.call.party.CallerIdentity;
import com.techpro.callclient.engine.internal.call.party.DialTarget;
import com.techpro.callclient.engine.internal.call.party.Diversions;
import com.techpro.callclient.engine.internal.call.party.Focus;
import com.techpro.callclient.engine.internal.call.party.ReferredTo;
import com.techpro.callclient.engine.internal.call.report.Alerting;
import com.techpro.callclient.engine.internal.call.report.CallReporter;
import com.techpro.callclient.engine.internal.call.report.SnapshotPublisher;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.engine.internal.call.signalling.CallSignalling;
import com.techpro.callclient.engine.internal.call.transfer.CallTransfers;
import com.techpro.callclient.engine.internal.call.transfer.TransferLeg;
import com.techpro.callclient.engine.internal.tone.Tone;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.dialog.DialogId;
import com.techpro.callclient.stack.sip.dialog.Replaces;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.FlowCallback;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the {@link CallMachine} of one call: performs its effects, adapts media and sound to its
 * phase, and reports changes to the host. Belongs to the loop, except where stated.
 */
public final class CallSession {
    /** The account that owns the call and is told its events. On the loop. */
    public interface Owner {
        void changed(CallSession call, CallEvent event);

        /** The call's ring must stop. */
        void silenced(CallSession call);

        /** The phone system reports a new far end; the host has not been told. */
        void identified(CallSession call);

        /** The call has ended, and the protocol needs nothing more. */
        void released(CallSession call);

        /** Calls the target of a transfer that the far end requested. */
        CallSession follow(CallSession call, SipUri target, CallOptions options);
    }

    private final CallContext context;
    private final Owner owner;
    private final SnapshotPublisher snapshots;
    private final CallMedia media;
    private final LearntKeys learnt;
    private final MediaAddressing addressing;
    private final CallTimers timers;
    private final CallReporter reporter;
    private final CallCommands commands;
    /** Of commands to resume that the far end has yet to agree to. */
    private final List<Consumer<CommandOutcome>> resuming = new ArrayList<>();

    private final Runnable hold = this::holdForAnother;
    private final TransferLeg leg = new Leg();

    private CallOptions options;
    private @Nullable AudioPort port;
    private CallPhase phase;
    private @Nullable SipUri target;
    private @Nullable CallSignalling signalling;
    private @Nullable InetSocketAddress localAddress;
    /** For incoming calls only. */
    private @Nullable ForwardingChoice forwarding;
    /**
     * The user answered while the caller was unreachable; media opens once there is a connection.
     */
    private boolean answerDue;

    private boolean pickedUp;

    /** Null unless the user dialled digits after the number. */
    private @Nullable PostDialKeys postDial;

    private final CallTransfers transfers;

    private boolean released;
    /** Null unless the config keeps the inputs of calls. */
    private final @Nullable CallTrace trace;

    private CallSession(
            CallContext context,
            AccountMedia of,
            Owner owner,
            SnapshotPublisher snapshots,
            CallPhase phase,
            CallOptions options) {
        this.context = context;
        this.owner = owner;
        this.snapshots = snapshots;
        this.phase = phase;
        this.options = options;
        this.reporter = new CallReporter(
                snapshots,
                this::quality,
                context.loop()::nanoTime,
                () -> owner.identified(this),
                event -> owner.changed(this, event));
        this.media = new CallMedia(context, of.identity(), this::feed);
        this.learnt = of.keys();
        this.addressing = new MediaAddressing(this::feed, this::phase, media, of.account(), of.iceServers(), learnt);
        this.timers = new CallTimers(context.loop());
        this.commands = new CallCommands(context.loop(), this, reporter);
        this.transfers = new CallTransfers(context, leg, reporter);
        this.trace = context.limits().traced()
                ? new CallTrace(snapshots.direction(), phase, context.loop()::nanoTime)
                : null;
    }

    /**
     * Creates an outgoing call, from any thread; {@link #dial} or {@link #fail} follows on the
     * loop.
     */
    public static CallSession outgoing(
            CallContext context,
            AccountMedia of,
            Owner owner,
            String id,
            SipUri target,
            PartyIdentity remote,
            CallOptions options) {
        SnapshotPublisher snapshots = new SnapshotPublisher(
                id,
                CallDirection.OUTGOING,
                remote,
                null,
                Alerting.PLAIN,
                List.of(),
                of.account().securityFloor().isWeakened(),
                context.loop().now());
        CallSession session =
                new CallSession(context, of, owner, snapshots, new CallPhase.OpeningMedia(false), options);
        session.target = target;
        return session;
    }

    /** Dials. It connects to the phone system first, because media needs the local address. */
    public void dial(SipEndpoint endpoint) {
        signalling = CallSignalling.outgoing(context, endpoint, target, options, this::feed);
        startRinging(context.limits().ringTimeout());
        if (lacksMicrophone(options)) {
            fail(new Failure.MicrophoneDenied());
            return;
        }
        endpoint.connect(new FlowCallback() {
            @Override
            public void opened(Flow flow) {
                if (phase instanceof CallPhase.OpeningMedia) {
                    localAddress = flow.local();
                    prepare();
                }
            }

            @Override
            public void failed(Failure failure) {
                fail(failure);
            }
        });
    }

    /**
     * Sets the digits to send after the answer, as in {@link DialTarget}. Call it before dialling.
     */
    public void pressAfterAnswer(String keys) {
        postDial = keys.isEmpty()
                ? null
                : new PostDialKeys(timers, keys, tones -> commands.sendDtmf(tones, CallCommands.NO_ANSWER));
    }

    public void fail(Failure failure) {
        feed(new CallInput.CallFailed(failure));
    }

    /** Creates an incoming call and rings. The offer, if any, was found acceptable. */
    public static CallSession incoming(
            CallContext context,
            SipEndpoint endpoint,
            AccountMedia of,
            Owner owner,
            String callId,
            ServerTransactionHandle invite,
            @Nullable SessionDescription offer) {
        SipAccount account = endpoint.account();
        SnapshotPublisher snapshots =
                viewOf(context, account, callId, invite.request(), endpoint.trusts(invite.flow()));
        RequestId id = RequestId.first(invite.request());
        CallSession session =
                new CallSession(context, of, owner, snapshots, new CallPhase.Incoming(id, offer), CallOptions.DEFAULT);
        session.localAddress = invite.flow().local();
        CallSignalling signalling = CallSignalling.incoming(context, endpoint, session::feed);
        session.signalling = signalling;
        ForwardingChoice forwarding = new ForwardingChoice(context, account, invite.request());
        session.forwarding = forwarding;
        signalling.ring(invite, id);
        session.startRinging(forwarding.answerTime());
        return session;
    }

    private static SnapshotPublisher viewOf(
            CallContext context, SipAccount account, String callId, SipRequest invite, boolean trusted) {
        return new SnapshotPublisher(
                callId,
                CallDirection.INCOMING,
                CallerIdentity.of(invite, trusted),
                Diversions.originallyCalled(invite, account.user()),
                trusted ? Alerting.of(invite) : Alerting.PLAIN,
                context.customHeaders().of(invite),
                account.securityFloor().isWeakened(),
                context.loop().now());
    }

    /** Returns the snapshot of a call that was rejected or forwarded before it rang. */
    public static CallSnapshot refusedCall(
            CallContext context,
            SipAccount account,
            String callId,
            SipRequest invite,
            boolean trusted,
            CallEnding ending) {
        return viewOf(context, account, callId, invite, trusted).snapshot().toBuilder()
                .state(CallState.ENDED)
                .ended(context.loop().now())
                .ending(ending)
                .build();
    }

    public String id() {
        return snapshots.id();
    }

    /** From any thread. */
    public CallSnapshot snapshot() {
        return reporter.snapshot();
    }

    private @Nullable CallQuality quality() {
        return media.quality();
    }

    /** Returns the host's commands for the call. May be called from any thread. */
    public CallCommands commands() {
        return commands;
    }

    public CallPhase phase() {
        return phase;
    }

    /** Returns the call's microphone and speaker, or null while it has none. */
    @Nullable
    AudioPort port() {
        return port;
    }

    /**
     * Whether the call uses neither microphone nor speaker. Valid once it is answered or its INVITE
     * is sent. On the loop.
     */
    public boolean isSilent() {
        return port == null;
    }

    /**
     * Returns the port whose speaker the call uses or would use; null if the call is silent here.
     * On the loop.
     */
    public @Nullable AudioPort audioPort() {
        return options.audio() != null ? options.audio() : context.audio();
    }

    /** Returns the speaker's device on its port; null for the default device. On the loop. */
    public @Nullable String playbackDevice() {
        return options.playbackDevice();
    }

    /** Callable from any thread. */
    public AudioLevels audioLevels() {
        return media.audioLevels();
    }

    /** May be called from any thread. */
    public VoiceEffects voiceEffects() {
        return media.voiceEffects();
    }

    /** Plays a tone over the call's sound, if there is any; null stops it. On the loop. */
    public void notice(@Nullable Tone tone) {
        media.notice(tone);
    }

    void silence() {
        owner.silenced(this);
    }

    boolean isMixed() {
        return media.isMixed();
    }

    /**
     * Answers the ringing call at once or, if the caller is unreachable, when it is reachable
     * again.
     */
    void pickUp(CallOptions chosen) {
        options = chosen;
        pickedUp = true;
        // At once, because the call needs the device and media may take a moment to open.
        silence();
        if (signalling != null && signalling.isCutOff()) {
            answerDue = true;
        } else {
            prepare();
        }
    }

    /**
     * Whether the call lacks microphone permission: without it there is no call, and the user
     * learns so at once (promise P2). A silent call needs none.
     */
    boolean lacksMicrophone(CallOptions chosen) {
        boolean silent = chosen.audio() == null && context.audio() == null;
        return !silent && !context.audioGate().permitsMicrophone();
    }

    public CallTransfers transfers() {
        return transfers;
    }

    /** See {@link CallTransfers#transferTo}. */
    void transferTo(SipUri somebody, @Nullable CallSession consulted, Consumer<TransferOutcome> answer) {
        transfers.transferTo(
                somebody,
                consulted == null ? null : consulted.leg,
                CallSignalling.required(signalling, "anything signalled"),
                answer);
    }

    /**
     * Returns the Refer-To for transfers to this call's far end. If the call is established, the
     * new call replaces ours there.
     */
    SipUri asTransferTarget() {
        return phase instanceof Confirmed && signalling != null
                ? signalling.inPlaceOfUs()
                : CallSignalling.required(target, "anybody who was called");
    }

    /** Makes this the active call; other calls on the same microphone are put on hold. */
    void toFront() {
        if (port != null) {
            context.microphone().claim(port, hold);
        }
    }

    /** @return false if the far end takes no DTMF digits; then the answer is not used */
    boolean press(String tones, Consumer<CommandOutcome> answer) {
        // Also before the answer: some systems ask for digits in early media.
        if (media.sendDtmf(tones)) {
            answer.accept(CallCommands.DONE);
            return true;
        }
        if (phase instanceof Confirmed && signalling != null) {
            signalling.sendTones(tones, answer);
            return true;
        }
        return false;
    }

    /** @param answer told once the far end has agreed, or has not */
    void resume(Consumer<CommandOutcome> answer) {
        resuming.add(answer);
        feed(new CallInput.Resume());
    }

    private void answerResumption(@Nullable CommandRefusal refusal) {
        CommandOutcome outcome = refusal == null ? CallCommands.DONE : new CommandOutcome.Refused(refusal);
        List<Consumer<CommandOutcome>> answers = List.copyOf(resuming);
        resuming.clear();
        answers.forEach(answer -> answer.accept(outcome));
    }

    void mute(boolean muted) {
        media.setMuted(muted);
        snapshots.setMuted(muted, media.quality()).forEach(reporter::tell);
    }

    void useDevices(@Nullable String captureDevice, @Nullable String playbackDevice) {
        chooseDevices(captureDevice, playbackDevice);
        media.useDevices(captureDevice, playbackDevice);
    }

    private void chooseDevices(@Nullable String captureDevice, @Nullable String playbackDevice) {
        options = options.withCaptureDevice(captureDevice).withPlaybackDevice(playbackDevice);
    }

    /** @return whether the two calls are mixed now */
    boolean mixWith(CallSession other) {
        return LocalMix.begin(context, asMember(), other.asMember(), port, options, this::feed);
    }

    private LocalMix.Member asMember() {
        return new LocalMix.Member(
                id(), media, with -> snapshots.mergedWith(with).forEach(reporter::tell), hold, this::chooseDevices);
    }

    /**
     * Returns the conference focus at the far end; null if it is none, or not known yet. On the
     * loop.
     */
    public @Nullable Focus focus() {
        context.loop().assertOnLoop();
        return signalling == null || phase instanceof Terminated ? null : signalling.focus();
    }

    /**
     * Returns the SSRCs that a mixer at the far end lists as contributing; null if it lists none.
     * May be called from any thread.
     */
    public int @Nullable [] contributing() {
        return media.contributing();
    }

    /** @return false if the organisation forbids it */
    boolean forward(SipUri somebody) {
        return context.forwarding().isPermitted()
                && forwardRinging(ForwardingChoice.deflection(addressing.account(), somebody));
    }

    /**
     * Forwards because the user is busy.
     *
     * @return false if no forwarding applies
     */
    boolean forwardRejected() {
        return forwardRinging(forwarding == null ? null : forwarding.whenRejected());
    }

    private boolean forwardRinging(@Nullable Forwarding to) {
        if (to == null || !(phase instanceof CallPhase.Incoming)) {
            return false;
        }
        feed(new CallInput.Forward(to));
        return true;
    }

    public void hangUpNow() {
        feed(new CallInput.HangUp());
    }

    /** Puts this call on hold because another call of the same person becomes active. */
    void holdForAnother() {
        if (phase.state() != CallState.INCOMING) {
            feed(new CallInput.Hold());
        }
    }

    /**
     * Sets who the far end is, after a lookup. The host is notified unless nothing changed. On the
     * loop.
     */
    public void resolved(Caller caller) {
        CallEvent event = phase instanceof Terminated ? null : snapshots.resolved(caller);
        if (event != null) {
            reporter.tell(event);
        }
    }

    /**
     * Moves the call to the account's new flow: the caller is answered over it, and media moves.
     */
    public void moved(Flow flow) {
        localAddress = flow.local();
        if (signalling != null && !(phase instanceof Terminated)) {
            signalling.moved(flow);
        }
        if (answerDue && phase instanceof CallPhase.Incoming) {
            answerDue = false;
            prepare();
        }
        addressing.moved(flow.local().getAddress(), signalling == null ? CallPhase.Target.KNOWN : signalling.target());
    }

    /** Returns the lines of the call's trace, readable on the loop; null if none is kept. */
    public @Nullable Supplier<List<String>> trace() {
        return trace == null ? null : trace::lines;
    }

    MediaAddressing addressing() {
        return addressing;
    }

    /** Sends the candidates that the far end does not know yet. */
    private void tellCandidates() {
        String untold = signalling == null || !signalling.trickle().isTaken() ? null : addressing.untold();
        if (signalling != null && untold != null) {
            signalling.trickle(untold);
        }
    }

    public boolean isNamed(DialogId dialog) {
        return signalling != null && signalling.isNamed(dialog);
    }

    /** See {@link CallTransfers#replace}. */
    public int replace(Replaces named, ServerTransactionHandle invite, @Nullable SessionDescription offer) {
        return signalling == null ? 481 : transfers.replace(named, signalling, invite, offer);
    }

    /** Releases everything at once, without sending anything. */
    public void dispose() {
        if (!(phase instanceof Terminated)) {
            advance(new Terminated(new CallEnding.LocalHangUp(), Linger.NOTHING));
        }
        release();
    }

    /** Opens media, then continues with the first INVITE or the answer. */
    private void prepare() {
        port = audioPort();
        toFront();
        if (localAddress != null) {
            addressing.open(
                    localAddress.getAddress(),
                    port,
                    options,
                    phase instanceof CallPhase.Incoming ringing ? ringing : null,
                    signalling != null && signalling.trickle().isTaken());
        }
    }

    /**
     * Takes an input from the call's parts, the user or the far end. Every change of the call
     * starts here.
     */
    void feed(CallInput input) {
        context.loop().assertOnLoop();
        if (input instanceof CallInput.Finding what) {
            if (trace != null) {
                trace.found(what);
            }
            found(what);
        } else if (!transfers.putsOff(input, signalling) && !addressing.putsOff(input)) {
            step(input);
        }
    }

    private void found(CallInput.Finding what) {
        if (what instanceof CallInput.TransferRequested asked) {
            transfers.requested(asked.refer(), asked.endpoint(), asked.within());
        } else if (what instanceof CallInput.PlaceTaken) {
            transfers.replaced();
        } else if (what instanceof CallInput.CandidatesReceived theirs) {
            CallSignalling.required(signalling, "anything signalled")
                    .answerCandidates(theirs.id(), addressing.trickled(theirs.fragment()));
        } else if (what instanceof CallInput.CandidatesFound) {
            tellCandidates();
        } else if (what instanceof CallInput.WayLost) {
            addressing.findAnother();
        } else {
            reporter.found(what, phase instanceof Terminated);
        }
    }

    private void step(CallInput input) {
        double chance = context.random().nextDouble();
        CallMachine.Step step = CallMachine.next(phase, input, snapshots.direction(), chance);
        if (trace != null) {
            trace.step(input, chance, step);
        }
        try {
            step.effects().forEach(this::perform);
        } finally {
            // The phase changes even if an effect throws, so that an ended call is released.
            boolean keptOnHold = CommandRules.resumeRefused(phase, step.phase(), input);
            advance(step.phase());
            if (keptOnHold) {
                reporter.refuse(CallCommand.RESUME, CommandRefusal.OTHER_SIDE_REFUSED);
                answerResumption(CommandRefusal.OTHER_SIDE_REFUSED);
            } else if (input instanceof CallInput.Hold) {
                answerResumption(CommandRefusal.HELD_AGAIN);
            } else if (CommandRules.isResumed(phase)) {
                answerResumption(null);
            }
            transfers.settled();
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
        learnt.follow(before, next);
        boolean over = next instanceof Terminated;
        if (before.state() != next.state()) {
            if (next.state() == CallState.ESTABLISHED) {
                timers.everyQuality(context.limits().qualityInterval(), this::tellQuality);
                if (postDial != null) {
                    postDial.start();
                }
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
                context.microphone().release(port, hold);
            }
        }
        snapshots
                .advance(next, media.quality(), media.cipher(), context.loop().now())
                .forEach(reporter::tell);
        tellCandidates();
    }

    /** Reports the quality. Before the first packet there is none. */
    private void tellQuality() {
        CallQuality quality = media.quality();
        if (quality != null) {
            reporter.tell(snapshots.quality(quality));
        }
    }

    private void release() {
        if (!released) {
            released = true;
            if (signalling != null) {
                signalling.release();
            }
            owner.released(this);
        }
    }

    private void startRinging(Duration limit) {
        Duration rest = context.limits().ringTimeout().minus(limit);
        Runnable over = () -> feed(new CallInput.RingTimeout());
        timers.startRinging(limit, () -> {
            if (forwardRinging(forwarding == null || pickedUp ? null : forwarding.unanswered())) {
                return;
            }
            if (rest.isZero()) {
                over.run();
            } else {
                timers.startRinging(rest, over);
            }
        });
    }

    /** The call, as its transfers see it. */
    private final class Leg implements TransferLeg {
        @Override
        public CallPhase phase() {
            return phase;
        }

        @Override
        public void feed(CallInput input) {
            CallSession.this.feed(input);
        }

        @Override
        public void consulting(boolean now) {
            if (signalling != null) {
                signalling.consulting(now);
            }
        }

        @Override
        public void follow(ReferredTo wanted, Consumer<CallEvent> heard) {
            CallOptions same = options.withHeaders(wanted.headers());
            owner.follow(CallSession.this, wanted.target().uri(), same).reporter.follow(heard);
        }

        @Override
        public void resumeAfterTransfer() {
            if (!(phase instanceof Terminated)) {
                toFront();
                CallSession.this.feed(new CallInput.Resume());
            }
        }

        @Override
        public long packetsHeard() {
            CallQuality quality = media.quality();
            return quality == null ? 0 : quality.packetsReceived();
        }
    }

    @Override
    public String toString() {
        return "CallSession[" + id() + "]";
    }
}
