// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.media;

import com.techpro.callclient.engine.call.AudioLevels;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.SoundLevel;
import com.techpro.callclient.engine.call.VoiceEffects;
import com.techpro.callclient.engine.internal.call.context.CallContext;
import com.techpro.callclient.engine.internal.call.machine.CallInput;
import com.techpro.callclient.engine.internal.call.machine.CallPhase;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Sound;
import com.techpro.callclient.engine.internal.tone.Tone;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.stack.media.MediaSession;
import com.techpro.callclient.stack.media.SignallingOnly;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The microphone and the speaker of one call: which devices it uses, whether its user talks on it
 * or on another call, and the mix with another call. Belongs to the loop, except where stated.
 */
public final class CallSound {
    private final CallContext context;
    private final String callId;
    private final Runnable hold;
    private final Consumer<@Nullable String> mixed;
    private final Consumer<CallInput> mailbox;
    private CallOptions options;
    private @Nullable AudioPort port;
    private volatile @Nullable MediaSession session;
    private volatile @Nullable AudioPath audio;
    private volatile @Nullable LocalMix mix;
    private Sound due = Sound.NONE;
    private int sampleRate = AudioFormat.NARROWBAND.sampleRate();
    private volatile boolean muted;
    /** Whether the called phone rings and the user listens. */
    private boolean ringsThere;
    /** Whether media of the far end has arrived. */
    private boolean heard;

    private int offeredRate = AudioFormat.NARROWBAND.sampleRate();
    private @Nullable Tone notice;

    /**
     * @param hold puts the call on hold because another call of the same person becomes active
     * @param mixed receives the id of the other call in a mix, or null when the mix ends
     */
    public CallSound(
            CallContext context,
            CallOptions options,
            String callId,
            Runnable hold,
            Consumer<@Nullable String> mixed,
            Consumer<CallInput> mailbox) {
        this.context = context;
        this.options = options;
        this.callId = callId;
        this.hold = hold;
        this.mixed = mixed;
        this.mailbox = mailbox;
    }

    /** Returns the call's options, with the devices chosen since. */
    public CallOptions options() {
        return options;
    }

    /** Sets the options of an incoming call. */
    public void choose(CallOptions chosen) {
        options = chosen;
    }

    /** Switches the devices of the call or of its mix; null means the system's default. */
    public void useDevices(@Nullable String captureDevice, @Nullable String playbackDevice) {
        if (mix != null) {
            mix.useDevices(captureDevice, playbackDevice);
        } else {
            useOwnDevices(captureDevice, playbackDevice);
        }
    }

    /** Switches the devices that the call uses outside of a mix. */
    void useOwnDevices(@Nullable String captureDevice, @Nullable String playbackDevice) {
        options = options.withCaptureDevice(captureDevice).withPlaybackDevice(playbackDevice);
        if (audio != null) {
            audio.useDevices(captureDevice, playbackDevice);
        }
    }

    /**
     * Whether a call with these options lacks microphone permission: without it there is no call,
     * and the user learns so at once (promise P2). A silent call needs none.
     */
    public boolean lacksMicrophone(CallOptions chosen) {
        return portOf(chosen) != null && !context.audioGate().permitsMicrophone();
    }

    private @Nullable AudioPort portOf(CallOptions chosen) {
        return chosen.audio() != null ? chosen.audio() : context.audio();
    }

    /**
     * Returns the port whose speaker the call uses or would use; null if the call is silent here.
     */
    public @Nullable AudioPort chosenPort() {
        return portOf(options);
    }

    /** Returns the speaker's device on its port; null for the default device. */
    public @Nullable String playbackDevice() {
        return options.playbackDevice();
    }

    /** Returns the call's microphone and speaker, or null while it has none. */
    public @Nullable AudioPort port() {
        return port;
    }

    /**
     * Whether the call uses neither microphone nor speaker. Valid once it is answered or its INVITE
     * is sent.
     */
    public boolean isSilent() {
        return port == null;
    }

    /** Takes microphone and speaker, before media opens. */
    public void take() {
        port = chosenPort();
        toFront();
    }

    /** Makes this the active call; other calls on the same microphone are put on hold. */
    public void toFront() {
        if (port != null) {
            context.microphone().claim(port, hold);
        }
    }

    /** Leaves the microphone to other calls, at the end. */
    public void release() {
        if (port != null) {
            context.microphone().release(port, hold);
        }
    }

    /** Media is open: its sound may be taken from now on. */
    void opened(MediaSession opened) {
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
    }

    /** @param rate of the agreed codec, in Hz */
    void follow(CallPhase phase, int rate) {
        due = phase.sound();
        sampleRate = rate;
        ringsThere = phase instanceof CallPhase.Dialling dialling && dialling.ringing() && !dialling.held();
        if (phase instanceof CallPhase.Dialling dialling
                && !dialling.local().codecs().isEmpty()) {
            offeredRate = dialling.local().codecs().get(0).sampleRate();
        }
        if (mix != null) {
            mix.follow(this, phase);
        } else if (audio != null) {
            audio.want(due, rate);
            ringback();
        }
    }

    /** Media of the far end has arrived. */
    void heard() {
        heard = true;
        ringback();
    }

    /**
     * Plays local ringback after a 180, unless media of the far end arrives (RFC 3960 §3.2). A
     * description in a 183 alone does not stop it: media may never arrive, or the phone system may
     * withhold it (RFC 5009).
     */
    private void ringback() {
        AudioPath speaker = audio;
        if (speaker != null && mix == null) {
            boolean early = heard && due.playback();
            speaker.progress(ringsThere && !early ? context.tones().ringback() : null, offeredRate);
        }
    }

    /** Plays a tone over the call's sound, if there is any; null stops it. */
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
    Tone notice() {
        return notice;
    }

    /** @return whether the two calls are mixed now */
    public boolean mixWith(CallSound other) {
        return LocalMix.begin(context, this, other, port, options, mailbox);
    }

    /**
     * Moves the call's sound into a mix.
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
            audio.want(due, sampleRate);
            audio.notice(notice);
        }
    }

    /** The id of the other call in the mix; null when the mix ends. */
    void mixed(@Nullable String otherId) {
        mixed.accept(otherId);
    }

    public boolean isMixed() {
        return mix != null;
    }

    String callId() {
        return callId;
    }

    /** Puts the call on hold, because another call of the same person is active. */
    void hold() {
        hold.run();
    }

    /** Returns the sound that the phase wants, whether mixed or not. */
    Sound due() {
        return due;
    }

    /** Returns the sample rate of the agreed codec, in Hz. */
    int sampleRate() {
        return sampleRate;
    }

    boolean isMuted() {
        return muted;
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

    void close() {
        due = Sound.NONE;
        if (audio != null) {
            audio.want(Sound.NONE);
        }
    }

    /** Callable from any thread. */
    public AudioLevels levels() {
        LocalMix mixed = mix;
        AudioPath own = audio;
        AudioLevels levels = mixed != null ? mixed.audioLevels() : own != null ? own.levels() : AudioLevels.NONE;
        // In a mix the microphone may be open for the other call.
        return muted && levels.microphone() != null
                ? new AudioLevels(SoundLevel.SILENCE, levels.speaker(), Set.of())
                : levels;
    }

    /** Callable from any thread. */
    public VoiceEffects voiceEffects() {
        LocalMix mixed = mix;
        AudioPath own = audio;
        return mixed != null ? mixed.voiceEffects() : own != null ? own.voiceEffects() : VoiceEffects.NONE;
    }

    /**
     * Returns the SSRCs that a mixer at the far end lists as contributing; null if it lists none.
     * Callable from any thread.
     */
    public int @Nullable [] contributing() {
        MediaSession open = session;
        return open == null ? null : open.contributing();
    }
}
