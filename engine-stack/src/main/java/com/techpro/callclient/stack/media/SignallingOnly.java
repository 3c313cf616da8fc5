// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The audio of a call that needs only signalling, as in a load test. Media is negotiated as usual,
 * but RTP and RTCP are neither sent nor expected, and no device is opened. For the testkit.
 */
public final class SignallingOnly implements AudioPort {
    @Override
    public List<AudioDevice> devices() {
        return List.of();
    }

    @Override
    public AudioStream openCapture(
            @Nullable String deviceId, AudioFormat format, CaptureSink sink, AudioStreamListener listener)
            throws AudioUnavailableException {
        throw none();
    }

    @Override
    public AudioStream openPlayback(
            @Nullable String deviceId, AudioFormat format, PlaybackSource source, AudioStreamListener listener)
            throws AudioUnavailableException {
        throw none();
    }

    private static AudioUnavailableException none() {
        return new AudioUnavailableException(AudioUnavailableException.Reason.NO_SUCH_DEVICE, "signalling only");
    }
}
