// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.media;

import com.techpro.callclient.engine.call.AudioLevels;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.VoiceEffects;
import com.techpro.callclient.engine.internal.call.context.CallContext;
import com.techpro.callclient.engine.internal.call.machine.CallInput;
import com.techpro.callclient.engine.internal.tone.Tone;
import com.techpro.callclient.ports.audio.AudioPort;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The microphone and the speaker of one call: which devices it uses, whether its user talks on it
 * or on another call, and the mix with another call. Belongs to the loop, except where stated.
 */
public final class CallSound {
    private final CallContext context;
    private final CallMedia media;
    private final Consumer<CallInput> mailbox;
    private final LocalMix.Member member;
    private CallOptions options;
    private @Nullable AudioPort port;

    /**
     * @param hold puts the call on hold because another call of the same person becomes active
     * @param mixed receives the id of the other call in a mix, or null when the mix ends
     */
    public CallSound(
            CallContext context,
            CallMedia media,
            CallOptions options,
            String callId,
            Runnable hold,
            Consumer<@Nullable String> mixed,
            Consumer<CallInput> mailbox) {
        this.context = context;
        this.media = media;
        this.options = options;
        this.mailbox = mailbox;
        this.member = new LocalMix.Member(callId, media, mixed, hold, this::chooseDevices);
    }

    /** Returns the call's options, with the devices chosen since. */
    public CallOptions options() {
        return options;
    }

    /** Sets the options of an incoming call. */
    public void choose(CallOptions chosen) {
        options = chosen;
    }

    private void chooseDevices(@Nullable String captureDevice, @Nullable String playbackDevice) {
        options = options.withCaptureDevice(captureDevice).withPlaybackDevice(playbackDevice);
    }

    /** Switches to these devices. */
    public void useDevices(@Nullable String captureDevice, @Nullable String playbackDevice) {
        chooseDevices(captureDevice, playbackDevice);
        media.useDevices(captureDevice, playbackDevice);
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
            context.microphone().claim(port, member.hold());
        }
    }

    /** Leaves the microphone to other calls, at the end. */
    public void release() {
        if (port != null) {
            context.microphone().release(port, member.hold());
        }
    }

    /** @return whether the two calls are mixed now */
    public boolean mixWith(CallSound other) {
        return LocalMix.begin(context, member, other.member, port, options, mailbox);
    }

    public boolean isMixed() {
        return media.isMixed();
    }

    /** Plays a tone over the call's sound, if there is any; null stops it. */
    public void notice(@Nullable Tone tone) {
        media.notice(tone);
    }

    /** Callable from any thread. */
    public AudioLevels levels() {
        return media.audioLevels();
    }

    /** Callable from any thread. */
    public VoiceEffects voiceEffects() {
        return media.voiceEffects();
    }

    /**
     * Returns the SSRCs that a mixer at the far end lists as contributing; null if it lists none.
     * Callable from any thread.
     */
    public int @Nullable [] contributing() {
        return media.contributing();
    }
}
