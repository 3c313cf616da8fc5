// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.media;

import com.techpro.callclient.engine.call.AudioLevels;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.SoundLevel;
import com.techpro.callclient.engine.call.VoiceEffects;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.MediaProblem;
import com.techpro.callclient.engine.internal.call.context.CallContext;
import com.techpro.callclient.engine.internal.call.machine.CallInput;
import com.techpro.callclient.engine.internal.call.machine.CallPhase;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Sound;
import com.techpro.callclient.engine.internal.call.machine.ReceivedDtmf;
import com.techpro.callclient.engine.internal.call.sdp.LocalMedia;
import com.techpro.callclient.engine.internal.call.sdp.NegotiatedMedia;
import com.techpro.callclient.engine.internal.call.sdp.OfferAnswer;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.engine.internal.privacy.MediaGrant;
import com.techpro.callclient.engine.internal.tone.Tone;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.ice.IceAttributes;
import com.techpro.callclient.stack.ice.IceCandidate;
import com.techpro.callclient.stack.ice.IceState;
import com.techpro.callclient.stack.media.IceParameters;
import com.techpro.callclient.stack.media.Keying;
import com.techpro.callclient.stack.media.MediaListener;
import com.techpro.callclient.stack.media.MediaParameters;
import com.techpro.callclient.stack.media.MediaSession;
import com.techpro.callclient.stack.media.SignallingOnly;
import com.techpro.callclient.stack.media.codec.CodecWarmUp;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.dtls.DtlsIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call's media session and its audio. Belongs to the loop, except for {@link #quality},
 * {@link #audioLevels} and {@link #voiceEffects}.
 */
public final class CallMedia {
    private static final Duration KEY_PRESS = Duration.ofMillis(160);
    private static final Duration MISSING_AFTER = Duration.ofSeconds(2);

    private final CallContext context;
    private final DtlsIdentity identity;
    private final Consumer<CallInput> mailbox;

    private volatile @Nullable MediaSession session;
    private volatile @Nullable MediaGrant grant;
    private @Nullable CallIce ice;
    private @Nullable MediaParameters parameters;
    /** The agreed codec and cipher, without keys. It stays readable after the end. */
    private volatile @Nullable Agreed told;

    private volatile @Nullable AudioPath audio;
    private volatile @Nullable LocalMix mix;
    private Sound sound = Sound.NONE;
    private volatile boolean muted;
    /** Whether the called phone rings and the user listens. */
    private boolean ringsThere;
    /** Whether media of the far end has arrived. */
    private boolean heard;

    private int offeredRate = AudioFormat.NARROWBAND.sampleRate();
    private @Nullable Tone notice;
    private boolean established;
    private long establishedAt;

    private record Agreed(
            String codec, @Nullable SrtpSuite suite, PayloadFormat format, int packetMillis, InetSocketAddress remote) {
        Agreed(MediaParameters agreed, @Nullable SrtpSuite suite) {
            this(agreed.codec().encodingName(), suite, agreed.codec(), agreed.packetMillis(), agreed.remoteRtp());
        }

        Agreed with(SrtpSuite now) {
            return new Agreed(codec, now, format, packetMillis, remote);
        }
    }

    /** @param mailbox receives media events, on the loop */
    public CallMedia(CallContext context, DtlsIdentity identity, Consumer<CallInput> mailbox) {
        this.context = context;
        this.identity = identity;
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
            @Nullable AudioPort port,
            CallOptions options,
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
        opened.setMuted(muted);
        if (port instanceof SignallingOnly) {
            opened.signallingOnly();
        } else if (port != null) {
            audio = new AudioPath(
                    context.loop(),
                    context.audioWorker(),
                    port,
                    options,
                    context.voiceEffects(),
                    opened,
                    context.audioStreams(),
                    context.audioGate(),
                    context.echoMemory(),
                    mailbox);
            audio.setMuted(muted);
        }
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
     * Configures media and audio for a phase.
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
            publish(reached);
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
        sound = phase.sound();
        ringsThere = phase instanceof CallPhase.Dialling dialling && dialling.ringing() && !dialling.held();
        if (phase instanceof CallPhase.Dialling dialling
                && !dialling.local().codecs().isEmpty()) {
            offeredRate = dialling.local().codecs().get(0).sampleRate();
        }
        if (mix != null) {
            mix.follow(this, phase);
        } else if (audio != null) {
            audio.want(sound, sampleRate());
            ringback();
        }
        return true;
    }

    /**
     * Plays local ringback after a 180, unless media of the far end arrives (RFC 3960 §3.2). A
     * description in a 183 alone does not stop it: media may never arrive, or the phone system may
     * withhold it (RFC 5009).
     */
    private void ringback() {
        AudioPath speaker = audio;
        if (speaker != null && mix == null) {
            boolean early = heard && sound.playback();
            speaker.progress(ringsThere && !early ? context.tones().ringback() : null, offeredRate);
        }
    }

    /** Plays a tone over the call's sound; null stops it. */
    public void notice(@Nullable Tone tone) {
        notice = tone;
        if (mix != null) {
            mix.settle();
        } else if (audio != null) {
            audio.notice(tone);
        }
    }

    /** Returns the tone of {@link #notice(Tone)}, or null. */
    @Nullable
    public Tone notice() {
        return notice;
    }

    private MediaParameters reached(MediaParameters agreed) {
        InetSocketAddress rtcp = agreed.remoteRtcp();
        return agreed.at(
                context.nat64().reach(agreed.remoteRtp()),
                rtcp == null ? null : context.nat64().reach(rtcp));
    }

    private void publish(MediaParameters agreed) {
        Agreed before = told;
        if (agreed.keying() instanceof Keying.Sdes keys) {
            told = new Agreed(agreed, keys.local().suite());
        } else if (agreed.keying() instanceof Keying.Dtls) {
            // The handshake reports the cipher later; until then the old one stays.
            told = new Agreed(agreed, before == null ? null : before.suite());
        } else {
            told = new Agreed(agreed, null);
        }
    }

    private void keyed(SrtpSuite suite) {
        Agreed before = told;
        if (before != null) {
            told = before.with(suite);
            mailbox.accept(new CallInput.Keyed(suite));
        }
    }

    /**
     * Moves the call's audio into a mix.
     *
     * @param unplugged runs on the loop once the call's own devices are closed
     * @return the session to mix, or null if there is no media
     */
    @Nullable
    MediaSession join(LocalMix into, Runnable unplugged) {
        MediaSession open = session;
        if (open == null || mix != null) {
            return null;
        }
        mix = into;
        Runnable free = () -> {
            // Not before: a microphone that is still open must not be heard. The mix mutes the
            // user, not the third party.
            if (mix == into) {
                open.setMuted(false);
            }
            unplugged.run();
        };
        if (audio == null) {
            context.loop().execute(free);
        } else {
            audio.unplug(free);
        }
        return open;
    }

    /** Leaves the mix: the call uses its own devices again. */
    void leaveMix() {
        mix = null;
        setMuted(muted);
        if (audio != null) {
            audio.want(sound, sampleRate());
            audio.notice(notice);
        }
    }

    /** Returns the sample rate of the agreed codec, in Hz. */
    int sampleRate() {
        MediaParameters agreed = parameters;
        return agreed == null
                ? AudioFormat.NARROWBAND.sampleRate()
                : agreed.codec().codec().sampleRate();
    }

    /** Returns the sound that the phase wants, whether mixed or not. */
    Sound sound() {
        return sound;
    }

    boolean isMuted() {
        return muted;
    }

    public boolean isMixed() {
        return mix != null;
    }

    public void close() {
        sound = Sound.NONE;
        parameters = null;
        if (audio != null) {
            audio.want(Sound.NONE);
        }
        MediaSession open = session;
        if (open != null) {
            open.close();
        }
    }

    public void setMuted(boolean mute) {
        muted = mute;
        MediaSession open = session;
        if (mix != null) {
            mix.settle();
        } else if (open != null) {
            open.setMuted(mute);
        }
        if (audio != null) {
            audio.setMuted(mute);
        }
    }

    /** May be called from any thread. */
    public AudioLevels audioLevels() {
        LocalMix mixed = mix;
        AudioPath own = audio;
        AudioLevels levels = mixed != null ? mixed.audioLevels() : own != null ? own.levels() : AudioLevels.NONE;
        // In a mix the microphone may be open for the other call.
        return muted && levels.microphone() != null
                ? new AudioLevels(SoundLevel.SILENCE, levels.speaker(), Set.of())
                : levels;
    }

    /** May be called from any thread. */
    public VoiceEffects voiceEffects() {
        LocalMix mixed = mix;
        AudioPath own = audio;
        return mixed != null ? mixed.voiceEffects() : own != null ? own.voiceEffects() : VoiceEffects.NONE;
    }

    /** Switches the devices of the call or of its mix; null means the system's default. */
    public void useDevices(@Nullable String captureDevice, @Nullable String playbackDevice) {
        LocalMix mixed = mix;
        if (mixed != null) {
            mixed.useDevices(captureDevice, playbackDevice);
        } else {
            useOwnDevices(captureDevice, playbackDevice);
        }
    }

    /** Switches the devices that the call uses outside of a mix. */
    void useOwnDevices(@Nullable String captureDevice, @Nullable String playbackDevice) {
        AudioPath own = audio;
        if (own != null) {
            own.useDevices(captureDevice, playbackDevice);
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

    /** Returns the SSRCs that the far end currently lists as contributing, or null. */
    public int @Nullable [] contributing() {
        MediaSession open = session;
        return open == null ? null : open.contributing();
    }

    /** Returns the agreed cipher; null if none is agreed yet. */
    @Nullable
    public SrtpSuite cipher() {
        Agreed agreed = told;
        return session == null || agreed == null ? null : agreed.suite();
    }

    /**
     * Returns the call's quality. May be called from any thread. Null before media is agreed and
     * before the first measurement.
     */
    @Nullable
    public CallQuality quality() {
        MediaSession open = session;
        Agreed agreed = told;
        if (open == null || agreed == null) {
            return null;
        }
        return MeasuredQuality.of(agreed.codec(), agreed.suite(), open.statistics());
    }

    /** Returns the figures with what was agreed; null before the first measurement. */
    public @Nullable MeasuredMedia measured() {
        MediaSession open = session;
        Agreed agreed = told;
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
            context.loop().execute(() -> {
                heard = true;
                ringback();
            });
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
