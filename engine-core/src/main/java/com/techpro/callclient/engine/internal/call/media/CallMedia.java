// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.media;

import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.MediaProblem;
import com.techpro.callclient.engine.internal.call.context.CallContext;
import com.techpro.callclient.engine.internal.call.machine.CallInput;
import com.techpro.callclient.engine.internal.call.machine.CallPhase;
import com.techpro.callclient.engine.internal.call.machine.ReceivedDtmf;
import com.techpro.callclient.engine.internal.call.sdp.LocalMedia;
import com.techpro.callclient.engine.internal.call.sdp.NegotiatedMedia;
import com.techpro.callclient.engine.internal.call.sdp.OfferAnswer;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.engine.internal.privacy.MediaGrant;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.ice.IceAttributes;
import com.techpro.callclient.stack.ice.IceCandidate;
import com.techpro.callclient.stack.ice.IceState;
import com.techpro.callclient.stack.media.IceParameters;
import com.techpro.callclient.stack.media.MediaListener;
import com.techpro.callclient.stack.media.MediaParameters;
import com.techpro.callclient.stack.media.MediaSession;
import com.techpro.callclient.stack.media.codec.CodecWarmUp;
import com.techpro.callclient.stack.media.dtls.DtlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call's media session: keys, addresses, figures. Belongs to the loop, except for {@link #quality}. */
public final class CallMedia {
    private static final Duration KEY_PRESS = Duration.ofMillis(160);
    private static final Duration MISSING_AFTER = Duration.ofSeconds(2);

    private final CallContext context;
    private final DtlsIdentity identity;
    private final CallSound sound;
    private final Consumer<CallInput> mailbox;

    private volatile @Nullable MediaSession session;
    private volatile @Nullable MediaGrant grant;
    private @Nullable CallIce ice;
    private @Nullable MediaParameters parameters;
    /** The agreed codec and cipher, without keys. It stays readable after the end. */
    private volatile @Nullable AgreedMedia told;

    private boolean established;
    private long establishedAt;

    /** @param mailbox receives media events, on the loop */
    public CallMedia(CallContext context, DtlsIdentity identity, CallSound sound, Consumer<CallInput> mailbox) {
        this.context = context;
        this.identity = identity;
        this.sound = sound;
        this.mailbox = mailbox;
    }

    /**
     * Opens ports and creates new keys. Nothing is sent or heard yet, except ICE checks.
     *
     * @param servers null without ICE
     * @param offer the far end's offer, or null if we make it
     * @param trickled whether the far end is known to take later candidates
     * @param ready receives what to negotiate with: before this method returns or, with ICE, once
     *     candidates are gathered
     */
    void open(
            InetAddress address,
            SipAccount account,
            @Nullable IceServers servers,
            @Nullable SessionDescription offer,
            boolean trickled,
            Consumer<LocalMedia> ready)
            throws IOException {
        MediaGrant permitted = context.egress().newMediaGrant(address.isLoopbackAddress());
        IceParameters parameters = null;
        if (servers != null) {
            permitted.servers(servers.addresses());
            // Until the answer agrees to RTCP on the RTP port, both components have candidates (RFC
            // 8839 §5.1).
            int components = offer != null && OfferAnswer.sharesPort(offer) ? 1 : 2;
            parameters = servers.parameters(
                    offer == null, components, context.media().addressesBesides(address), trickled);
        }
        grant = permitted;
        MediaSession opened = context.media().open(address, parameters, new Events());
        session = opened;
        sound.opened(opened);
        LocalMedia local = LocalMedia.create(opened.localRtp(), account, identity, context.random());
        local.codecs().forEach(codec -> CodecWarmUp.begin(codec, context.workers()));
        if (parameters == null) {
            ready.accept(local);
            return;
        }
        boolean withheld = parameters.policy().withholdsRelated();
        CallIce way = new CallIce(opened, permitted, context.nat64());
        way.whenGathered(found -> ready.accept(local.withIce(found, withheld)));
        ice = way;
    }

    /** Returns null without ICE. */
    @Nullable
    CallIce ice() {
        return ice;
    }

    boolean isOpen() {
        return session != null;
    }

    /**
     * Moves media to another local address.
     *
     * @return where media is received now, or null if there is no media or it cannot move
     */
    @Nullable
    InetSocketAddress moveTo(InetAddress address) {
        MediaSession open = session;
        if (open == null || open.localRtp().getAddress().equals(address)) {
            return null;
        }
        try {
            open.moveTo(address, ice == null ? List.of() : context.media().addressesBesides(address));
            return open.localRtp();
        } catch (IOException e) {
            // Media stays at the old address; if none arrives there, the media timeout ends the
            // call.
            return null;
        }
    }

    /**
     * Configures media and sound for a phase.
     *
     * @return false if the far end wants media at a forbidden destination; media then continues as
     *     before
     */
    public boolean follow(CallPhase phase) {
        MediaSession open = session;
        NegotiatedMedia agreed = phase.media();
        MediaParameters now = phase.parameters();
        MediaParameters reached = now == null ? null : reached(now);
        if (open != null && reached != null && !reached.equals(parameters)) {
            MediaGrant permitted = grant;
            if (permitted == null || !permitted.replace(reached.remoteRtp(), reached.remoteRtcp())) {
                return false;
            }
            parameters = reached;
            told = AgreedMedia.of(reached, told);
            open.configure(reached);
        }
        // While phones ring, each has its own ICE credentials, and we do not know which will
        // answer.
        if (ice != null && agreed != null && !(phase instanceof CallPhase.Dialling)) {
            SessionDescription ours = phase.description();
            ice.agreed(ours == null ? null : OfferAnswer.iceCredentials(ours), agreed.remoteIce());
        }
        if (!established && phase.state() == CallState.ESTABLISHED) {
            established = true;
            establishedAt = context.loop().nanoTime();
        }
        MediaParameters configured = parameters;
        sound.follow(
                phase,
                configured == null
                        ? AudioFormat.NARROWBAND.sampleRate()
                        : configured.codec().codec().sampleRate());
        return true;
    }

    private MediaParameters reached(MediaParameters agreed) {
        InetSocketAddress rtcp = agreed.remoteRtcp();
        return agreed.at(
                context.nat64().reach(agreed.remoteRtp()),
                rtcp == null ? null : context.nat64().reach(rtcp));
    }

    private void keyed(SrtpSuite suite) {
        AgreedMedia before = told;
        if (before != null) {
            told = before.with(suite);
            mailbox.accept(new CallInput.Keyed(suite));
        }
    }

    public void close() {
        parameters = null;
        sound.close();
        MediaSession open = session;
        if (open != null) {
            open.close();
        }
    }

    /** @return false if the far end does not support telephone events */
    public boolean sendDtmf(String tones) {
        MediaSession open = session;
        MediaParameters agreed = parameters;
        if (open == null || agreed == null || agreed.telephoneEvents() == null) {
            return false;
        }
        tones.chars().forEach(tone -> open.sendDtmf((char) tone, KEY_PRESS));
        return true;
    }

    /** Returns the agreed cipher; null if none is agreed yet. */
    @Nullable
    public SrtpSuite cipher() {
        AgreedMedia agreed = told;
        return session == null || agreed == null ? null : agreed.suite();
    }

    /**
     * Returns the call's quality. May be called from any thread. Null before media is agreed and
     * before the first measurement.
     */
    @Nullable
    public CallQuality quality() {
        MediaSession open = session;
        AgreedMedia agreed = told;
        if (open == null || agreed == null) {
            return null;
        }
        return MeasuredQuality.of(agreed.codec(), agreed.suite(), open.statistics());
    }

    /** Returns the figures with what was agreed; null before the first measurement. */
    public @Nullable MeasuredMedia measured() {
        MediaSession open = session;
        AgreedMedia agreed = told;
        if (open == null || agreed == null || open.statistics().measured() == null) {
            return null;
        }
        return new MeasuredMedia(
                open.statistics(), open.localRtp(), agreed.remote(), agreed.format(), agreed.packetMillis());
    }

    /** Handles silence. Silence before the answer does not count. */
    private void missing(Duration silence) {
        if (!established) {
            return;
        }
        Duration sinceAnswer = Duration.ofNanos(context.loop().nanoTime() - establishedAt);
        Duration missed = silence.compareTo(sinceAnswer) < 0 ? silence : sinceAnswer;
        if (missed.compareTo(MISSING_AFTER) >= 0) {
            mailbox.accept(new CallInput.ReceptionChanged(true));
        }
        if (ice != null && ice.isLost(missed)) {
            mailbox.accept(new CallInput.PathLost());
        }
        if (missed.compareTo(context.limits().mediaTimeout()) >= 0) {
            mailbox.accept(new CallInput.MediaMissing());
        }
    }

    private static MediaProblem problem(MediaListener.Reason reason) {
        return switch (reason) {
            case NO_KEYS -> MediaProblem.NO_KEYS;
            case NO_RELAY -> MediaProblem.NO_RELAY;
            case SOMEBODY_ELSE -> MediaProblem.SOMEBODY_ELSE;
            case KEY_EXPIRED, SOCKET_CLOSED, FAULT -> MediaProblem.LOST;
        };
    }

    /** Receives events on a media loop and passes them to the engine loop. */
    private final class Events implements MediaListener {
        @Override
        public void dtmf(char digit, Duration length) {
            context.loop()
                    .execute(() -> mailbox.accept(
                            new CallInput.DtmfReceived(digit, ReceivedDtmf.Path.TELEPHONE_EVENT, length)));
        }

        @Override
        public void remoteLatched(InetSocketAddress from) {
            MediaGrant permitted = grant;
            if (permitted != null) {
                permitted.latched(from);
            }
        }

        @Override
        public void handshakeFrom(InetSocketAddress from) {
            MediaGrant permitted = grant;
            if (permitted != null) {
                permitted.handshake(from);
            }
        }

        @Override
        public void reportsLatched(InetSocketAddress from) {
            MediaGrant permitted = grant;
            if (permitted != null) {
                permitted.reportsLatched(from);
            }
        }

        @Override
        public void candidatesGathered(IceAttributes description) {
            context.loop().execute(() -> {
                if (ice != null) {
                    ice.gathered(description);
                }
            });
        }

        @Override
        public void localCandidate(IceCandidate candidate) {
            context.loop().execute(() -> mailbox.accept(new CallInput.CandidatesFound()));
        }

        @Override
        public void candidatesComplete() {
            context.loop().execute(() -> mailbox.accept(new CallInput.CandidatesFound()));
        }

        @Override
        public void peerReflexive(InetSocketAddress address) {
            MediaGrant permitted = grant;
            if (permitted != null) {
                boolean unused = permitted.candidate(address);
            }
        }

        @Override
        public void iceStateChanged(IceState state) {
            context.loop().execute(() -> {
                if (ice != null && ice.isLost(state)) {
                    mailbox.accept(new CallInput.PathLost());
                }
            });
        }

        /** The last packet was sent, so the destination is no longer permitted. */
        @Override
        public void closed() {
            MediaGrant permitted = grant;
            if (permitted != null) {
                permitted.close();
            }
        }

        @Override
        public void soundCame() {
            context.loop().execute(sound::heard);
        }

        @Override
        public void rtpTimeout(Duration silence) {
            context.loop().execute(() -> missing(silence));
        }

        @Override
        public void resumed() {
            context.loop().execute(() -> mailbox.accept(new CallInput.ReceptionChanged(false)));
        }

        @Override
        public void keyed(SrtpSuite suite) {
            context.loop().execute(() -> CallMedia.this.keyed(suite));
        }

        @Override
        public void failed(Reason reason) {
            Failure failure = new Failure.MediaRefused(problem(reason));
            context.loop().execute(() -> mailbox.accept(new CallInput.CallFailed(failure)));
        }
    }
}
