// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.media;

import com.techpro.callclient.engine.call.AudioLevels;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.VoiceEffects;
import com.techpro.callclient.engine.internal.call.context.CallContext;
import com.techpro.callclient.engine.internal.call.machine.CallInput;
import com.techpro.callclient.engine.internal.call.machine.CallPhase;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Sound;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.stack.media.MediaSession;
import com.techpro.callclient.stack.media.MixSession;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Two calls of one person merged into one conversation; the mix uses the microphone and the
 * speaker. It lasts while both calls are established and neither is on hold. When one ends or is
 * held, the other continues as a call of its own. Belongs to the loop.
 *
 * <p>A call's media is connected to its devices or to the mix, never to both. First the devices of
 * both calls are closed, then the mix opens them; afterwards the reverse.
 */
public final class LocalMix {
    private final CallContext context;
    private final CallSound one;
    private final CallSound other;
    private @Nullable MixSession mix;
    private volatile @Nullable AudioPath audio;
    private int unplugged;
    private boolean over;

    private LocalMix(CallContext context, CallSound one, CallSound other) {
        this.context = context;
        this.one = one;
        this.other = other;
    }

    /**
     * Mixes two established calls that are not on hold, or are about to be resumed.
     *
     * @param port of both calls, or null if they are silent here
     * @return whether they are mixed now
     */
    public static boolean begin(
            CallContext context,
            CallSound one,
            CallSound other,
            @Nullable AudioPort port,
            CallOptions options,
            Consumer<CallInput> mailbox) {
        if (one.isMixed() || other.isMixed()) {
            return false;
        }
        LocalMix made = new LocalMix(context, one, other);
        MediaSession first = one.join(made, made::unplugged);
        MediaSession second = first == null ? null : other.join(made, made::unplugged);
        MixSession opened = null;
        if (first != null && second != null) {
            try {
                opened = context.media().mix(first, second);
            } catch (IOException e) {
                // A call is ending; its end is all that the host needs to know.
                opened = null;
            }
        }
        if (opened == null) {
            made.over = true;
            made.letGo();
            return false;
        }
        made.mix = opened;
        if (port != null) {
            made.audio = new AudioPath(
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
        }
        one.mixed(other.callId());
        other.mixed(one.callId());
        return true;
    }

    private void unplugged() {
        unplugged++;
        settle();
    }

    /** Handles a change of phase of a call in the mix. */
    void follow(CallSound call, CallPhase phase) {
        boolean stays = phase instanceof CallPhase.Confirmed && phase.hold() == HoldState.NONE;
        if (stays) {
            settle();
        } else if (!over) {
            if (phase.hold() == HoldState.REMOTE && phase instanceof CallPhase.Confirmed) {
                // These are two calls again, and the user talks on one of them. Put on hold later,
                // because this call is changing just now.
                context.loop().execute(call::hold);
            }
            end();
        }
    }

    /** Adapts the mix and the devices to the state of the calls. */
    void settle() {
        MixSession open = mix;
        if (over || open == null || unplugged < 2) {
            return;
        }
        Sound first = one.due();
        Sound second = other.due();
        open.set(0, first.playback(), first.capture(), one.isMuted());
        open.set(1, second.playback(), second.capture(), other.isMuted());
        if (audio != null) {
            audio.want(
                    new Sound(first.capture() || second.capture(), first.playback() || second.playback()),
                    Math.max(one.sampleRate(), other.sampleRate()));
            audio.setMuted(one.isMuted() && other.isMuted());
            audio.notice(one.notice() != null ? one.notice() : other.notice());
        }
    }

    /** May be called from any thread. */
    AudioLevels audioLevels() {
        AudioPath own = audio;
        return own == null ? AudioLevels.NONE : own.levels();
    }

    /** May be called from any thread. */
    VoiceEffects voiceEffects() {
        AudioPath own = audio;
        return own == null ? VoiceEffects.NONE : own.voiceEffects();
    }

    /** Switches the devices of the mix, and those to which its calls return. */
    void useDevices(@Nullable String captureDevice, @Nullable String playbackDevice) {
        AudioPath own = audio;
        if (own != null) {
            own.useDevices(captureDevice, playbackDevice);
        }
        for (CallSound call : List.of(one, other)) {
            call.useOwnDevices(captureDevice, playbackDevice);
        }
    }

    private void end() {
        over = true;
        one.mixed(null);
        other.mixed(null);
        if (mix != null) {
            mix.set(0, false, false, true);
            mix.set(1, false, false, true);
        }
        if (audio == null) {
            closeMix();
        } else {
            audio.unplug(this::closeMix);
        }
    }

    private void closeMix() {
        if (mix != null) {
            mix.close(() -> context.loop().execute(this::letGo));
        }
    }

    private void letGo() {
        one.leaveMix();
        other.leaveMix();
    }
}
