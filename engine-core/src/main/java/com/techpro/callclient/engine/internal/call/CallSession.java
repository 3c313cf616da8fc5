// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.PartyIdentity;
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
import com.techpro.callclient.engine.internal.call.media.AccountMedia;
import com.techpro.callclient.engine.internal.call.media.CallMedia;
import com.techpro.callclient.engine.internal.call.media.CallSound;
import com.techpro.callclient.engine.internal.call.media.LearntKeys;
import com.techpro.callclient.engine.internal.call.media.MeasuredMedia;
import com.techpro.callclient.engine.internal.call.media.MediaAddressing;
import com.techpro.callclient.engine.internal.call.media.QualityReport;
import com.techpro.callclient.engine.internal.call.party.DialTarget;
import com.techpro.callclient.engine.internal.call.party.Focus;
import com.techpro.callclient.engine.internal.call.party.ReferredTo;
import com.techpro.callclient.engine.internal.call.report.CallReporter;
import com.techpro.callclient.engine.internal.call.report.SnapshotPublisher;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.engine.internal.call.signalling.CallSignalling;
import com.techpro.callclient.engine.internal.call.transfer.CallTransfers;
import com.techpro.callclient.engine.internal.call.transfer.IncomingTransfer;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.dialog.DialogId;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.stack.sip.transport.Flow;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the {@link CallMachine} of one call: performs its effects, adapts media and sound to its
 * phase, and reports changes to the host. Belongs to the loop, except where stated.
 */
public final class CallSession {
    private final CallContext context;
    private final Consumer<CallReport> reports;
    private final CallReporter reporter;
    private final CallMedia media;
    private final CallSound sound;
    private final LearntKeys learnt;
    private final MediaAddressing addressing;
    private final CallTimers timers;
    private final Ringing ringing;
    private final CallCommands commands;
    private final CallTransfers transfers;
    /** Null unless the config keeps the inputs of calls. */
    private final @Nullable CallTrace trace;

    private CallPhase phase;
    private @Nullable SipUri target;
    private @Nullable CallSignalling signalling;
    private @Nullable InetSocketAddress localAddress;
    /**
     * The user answered while the caller was unreachable; media opens once there is a connection.
     */
    private boolean answerDue;

    /** Null unless the user dialled digits after the number. */
    private @Nullable PostDialKeys postDial;

    private boolean released;

    private CallSession(
            CallContext context,
            AccountMedia of,
            Consumer<CallReport> reports,
            SnapshotPublisher snapshots,
            CallPhase phase,
            CallOptions options,
            @Nullable ForwardingChoice forwarding) {
        this.context = context;
        this.reports = reports;
        this.phase = phase;
        this.reporter = new CallReporter(
                snapshots,
                this::quality,
                context.loop()::nanoTime,
                () -> reports.accept(new CallReport.Identified(this)),
                event -> reports.accept(new CallReport.Changed(this, event)));
        this.sound = new CallSound(context, options, reporter.id(), this::holdForAnother, reporter::mixed, this::feed);
        this.media = new CallMedia(context, of.identity(), sound, this::feed);
        this.learnt = of.keys();
        this.addressing = new MediaAddressing(this::feed, this::phase, media, of.account(), of.iceServers(), learnt);
        this.timers = new CallTimers(context.loop(), context.limits().qualityInterval(), reporter::quality);
        this.ringing = new Ringing(context, timers, this::phase, this::feed, forwarding);
        this.commands = new CallCommands(context.loop(), this, reporter);
        this.transfers =
                new CallTransfers(context, this::feed, this::phase, () -> signalling, this::packetsHeard, reporter);
        this.trace =
                context.limits().traced() ? new CallTrace(reporter.direction(), phase, context.loop()::nanoTime) : null;
    }

    /**
     * Creates an outgoing call, from any thread; {@link #dial} or {@link #fail} follows on the
     * loop.
     */
    public static CallSession outgoing(
            CallContext context,
            AccountMedia of,
            Consumer<CallReport> reports,
            String id,
            SipUri target,
            PartyIdentity remote,
            CallOptions options) {
        SnapshotPublisher snapshots = SnapshotPublisher.outgoing(context, of.account(), id, remote);
        CallSession session =
                new CallSession(context, of, reports, snapshots, new CallPhase.OpeningMedia(false), options, null);
        session.target = target;
        return session;
    }

    /** Dials. It connects to the phone system first, because media needs the local address. */
    public void dial(SipEndpoint endpoint) {
        CallSignalling dialling = CallSignalling.outgoing(context, endpoint, target, sound.options(), this::feed);
        signalling = dialling;
        ringing.start();
        if (sound.lacksMicrophone(sound.options())) {
            fail(new Failure.MicrophoneDenied());
            return;
        }
        dialling.connect(flow -> {
            if (phase instanceof CallPhase.OpeningMedia) {
                localAddress = flow.local();
                prepare();
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
            Consumer<CallReport> reports,
            String callId,
            ServerTransactionHandle invite,
            @Nullable SessionDescription offer) {
        SipAccount account = endpoint.account();
        SipRequest request = invite.request();
        CallSession session = new CallSession(
                context,
                of,
                reports,
                SnapshotPublisher.incoming(context, account, callId, request, endpoint.trusts(invite.flow())),
                new CallPhase.Idle(),
                CallOptions.DEFAULT,
                new ForwardingChoice(context, account, request));
        session.localAddress = invite.flow().local();
        CallSignalling signalling = CallSignalling.incoming(context, endpoint, session::feed);
        session.signalling = signalling;
        session.feed(new CallInput.InviteReceived(signalling.responses().owe(invite), offer));
        return session;
    }

    public String id() {
        return reporter.id();
    }

    /** From any thread. */
    public CallSnapshot snapshot() {
        return reporter.snapshot();
    }

    /** Returns the host's commands for the call. May be called from any thread. */
    public CallCommands commands() {
        return commands;
    }

    /** Sets a consumer that receives the call's events after the host. On the loop. */
    public void reportTo(Consumer<CallEvent> follower) {
        reporter.follow(follower);
    }

    public CallPhase phase() {
        return phase;
    }

    /** On the loop. */
    public CallSound sound() {
        return sound;
    }

    Ringing ringing() {
        return ringing;
    }

    void silence() {
        reports.accept(new CallReport.Silenced(this));
    }

    /**
     * Answers the ringing call at once or, if the caller is unreachable, when it is reachable
     * again.
     */
    void pickUp(CallOptions chosen) {
        sound.choose(chosen);
        ringing.pickedUp();
        // At once, because the call needs the device and media may take a moment to open.
        silence();
        if (signalling != null && signalling.isCutOff()) {
            answerDue = true;
        } else {
            prepare();
        }
    }

    public CallTransfers transfers() {
        return transfers;
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

    void mute(boolean muted) {
        sound.setMuted(muted);
        reporter.muted(muted);
    }

    /**
     * Returns the conference focus at the far end; null if it is none, or not known yet. On the
     * loop.
     */
    public @Nullable Focus focus() {
        context.loop().assertOnLoop();
        return signalling == null || phase instanceof Terminated ? null : signalling.focus();
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
        if (!(phase instanceof Terminated)) {
            reporter.resolved(caller);
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

    /** Sends the candidates that the far end does not know yet. */
    private void sendCandidates() {
        String untold = signalling == null || !signalling.trickle().isTaken() ? null : addressing.untold();
        if (signalling != null && untold != null) {
            signalling.trickle(untold);
        }
    }

    public boolean isNamed(DialogId dialog) {
        return signalling != null && signalling.isNamed(dialog);
    }

    /** Returns the report of the ended call's quality; null if there is none. On the loop. */
    public @Nullable String qualityReport() {
        Dialog dialog = signalling == null ? null : signalling.dialog();
        MeasuredMedia measured = media.measured();
        return dialog == null || measured == null ? null : QualityReport.of(dialog, reporter.snapshot(), measured);
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
        sound.take();
        if (localAddress != null) {
            addressing.open(
                    localAddress.getAddress(),
                    signalling != null && signalling.trickle().isTaken());
        }
    }

    /**
     * Takes an input from the call's parts, the user or the far end. Every change of the call
     * starts here.
     */
    void feed(CallInput input) {
        context.loop().assertOnLoop();
        if (!transfers.putsOff(input) && !addressing.putsOff(input)) {
            step(input);
        }
    }

    private void step(CallInput input) {
        double chance = context.random().nextDouble();
        CallMachine.Step step = CallMachine.next(phase, input, reporter.direction(), chance);
        if (trace != null) {
            trace.step(input, chance, step);
        }
        try {
            step.effects().forEach(this::perform);
        } finally {
            // The phase changes even if an effect throws, so that an ended call is released.
            boolean keptOnHold = CommandRules.resumeRefused(phase, step.phase(), input);
            advance(step.phase());
            commands.stepped(input, keptOnHold);
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
        } else if (effect instanceof CallEffect.StartRingTimer) {
            ringing.start();
        } else if (effect instanceof CallEffect.Report report) {
            reporter.report(report.what());
        } else if (effect instanceof CallEffect.RestartIce) {
            addressing.restart();
        } else if (effect instanceof CallEffect.AbandonTransfers) {
            transfers.replaced();
        } else if (effect instanceof CallEffect.DecideTransfer what) {
            follow(transfers.requested(what.to()));
        } else if (effect instanceof CallEffect.SendCandidates) {
            sendCandidates();
        } else if (signalling == null) {
            throw new IllegalStateException("nothing is signalled before the call is dialled");
        } else if (effect instanceof CallEffect.AddCandidates what) {
            signalling.responses().answerCandidates(what.to(), addressing.trickled(what.fragment()));
        } else {
            signalling.perform(effect);
        }
    }

    /** Calls the target of an accepted transfer, with the same microphone and speaker. */
    void follow(@Nullable IncomingTransfer transfer) {
        if (transfer != null) {
            ReferredTo wanted = transfer.accept();
            CallOptions same = sound.options().withHeaders(wanted.headers());
            reports.accept(new CallReport.TransferAccepted(this, wanted.target().uri(), same, event -> {
                if (transfer.changed(event.after()) && !(phase instanceof Terminated)) {
                    sound.toFront();
                    feed(new CallInput.Resume());
                }
            }));
        }
    }

    private @Nullable CallQuality quality() {
        return media.quality();
    }

    private long packetsHeard() {
        CallQuality quality = quality();
        return quality == null ? 0 : quality.receiving().packets();
    }

    private void advance(CallPhase next) {
        CallPhase before = phase;
        phase = next;
        if (next.equals(before)) {
            return;
        }
        learnt.follow(before, next);
        timers.follow(before.state(), next.state());
        if (postDial != null && next.state() == CallState.ESTABLISHED) {
            postDial.start();
        }
        if (!media.follow(next)) {
            context.loop().execute(() -> fail(new Failure.DestinationRefused()));
        }
        if (next instanceof Terminated over && !(before instanceof Terminated)) {
            media.close();
            transfers.callOver(over.ending());
            sound.release();
        }
        reporter.advance(next, media.cipher(), context.loop().now());
        sendCandidates();
    }

    private void release() {
        if (!released) {
            released = true;
            if (signalling != null) {
                signalling.release();
            }
            reports.accept(new CallReport.Released(this));
        }
    }

    @Override
    public String toString() {
        return "CallSession[" + id() + "]";
    }
}
