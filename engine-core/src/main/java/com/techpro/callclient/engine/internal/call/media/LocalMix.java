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
import java.util.function.BiConsumer;
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
    /**
     * A call in the mix.
     *
     * @param mixed receives the id of the other call, or null when the mix ends
     * @param hold puts the call on hold because another call of the same person is active
     * @param devices receives the microphone and the speaker chosen for the mix
     */
    public record Member(
            String id,
            CallMedia media,
            Consumer<@Nullable String> mixed,
            Runnable hold,
            BiConsumer<@Nullable String, @Nullable String> devices) {}

    private final CallContext context;
    private final Member one;
    private final Member other;
    private @Nullable MixSession mix;
    private volatile @Nullable AudioPath audio;
    private int unplugged;
    private boolean over;

    private LocalMix(CallContext context, Member one, Member other) {
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
            Member one,
            Member other,
            @Nullable AudioPort port,
            CallOptions options,
            Consumer<CallInput> mailbox) {
        if (one.media().isMixed() || other.media().isMixed()) {
            return false;
        }
        LocalMix made = new LocalMix(context, one, other);
        MediaSession first = one.media().join(made, made::unplugged);
        MediaSession second = first == null ? null : other.media().join(made, made::unplugged);
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
        one.mixed().accept(other.id());
        other.mixed().accept(one.id());
        return true;
    }

    private void unplugged() {
        unplugged++;
        settle();
    }

    /** Handles a change of phase of a call in the mix. */
    void follow(CallMedia media, CallPhase phase) {
        boolean stays = phase instanceof CallPhase.Confirmed && phase.hold() == HoldState.NONE;
        if (stays) {
            settle();
        } else if (!over) {
            Member leaving = media == one.media() ? one : other;
            if (phase.hold() == HoldState.REMOTE && phase instanceof CallPhase.Confirmed) {
                // These are two calls again, and the user talks on one of them. Put on hold later,
                // because this call is changing just now.
                context.loop().execute(leaving.hold());
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
        Sound first = one.media().sound();
        Sound second = other.media().sound();
        open.set(0, first.playback(), first.capture(), one.media().isMuted());
        open.set(1, second.playback(), second.capture(), other.media().isMuted());
        if (audio != null) {
            audio.want(
                    new Sound(first.capture() || second.capture(), first.playback() || second.playback()),
                    Math.max(one.media().sampleRate(), other.media().sampleRate()));
            audio.setMuted(one.media().isMuted() && other.media().isMuted());
            audio.notice(
                    one.media().notice() != null
                            ? one.media().notice()
                            : other.media().notice());
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
        for (Member member : List.of(one, other)) {
            member.devices().accept(captureDevice, playbackDevice);
            member.media().useOwnDevices(captureDevice, playbackDevice);
        }
    }

    private void end() {
        over = true;
        one.mixed().accept(null);
        other.mixed().accept(null);
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
        one.media().leaveMix();
        other.media().leaveMix();
    }
}
