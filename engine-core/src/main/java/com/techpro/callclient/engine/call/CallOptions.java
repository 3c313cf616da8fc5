// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import com.techpro.callclient.ports.audio.AudioPort;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Options for making or answering one call.
 *
 * @param audio microphones and speakers of this call; null means the client's. Calls on the same port share one person:
 *     dialling, answering or resuming one holds the others
 * @param captureDevice null means the system's default
 * @param playbackDevice null means the system's default
 * @param numberWithheld whether the phone system is asked not to tell the other side who calls (RFC 3323, RFC 3325:
 *     {@code Privacy: user;id}); the phone system decides whether it complies
 * @param headers sent with the INVITE of an outgoing call; their names must be among the config's custom headers
 */
public record CallOptions(
        @Nullable AudioPort audio,
        @Nullable String captureDevice,
        @Nullable String playbackDevice,
        boolean numberWithheld,
        List<CallHeader> headers) {
    /** The client's audio, the system's default devices, no headers. */
    public static final CallOptions DEFAULT = new CallOptions(null, null, null, false, List.of());

    public CallOptions {
        headers = List.copyOf(Objects.requireNonNull(headers, "headers"));
    }

    public CallOptions withAudio(@Nullable AudioPort port) {
        return new CallOptions(port, captureDevice, playbackDevice, numberWithheld, headers);
    }

    public CallOptions withCaptureDevice(@Nullable String deviceId) {
        return new CallOptions(audio, deviceId, playbackDevice, numberWithheld, headers);
    }

    public CallOptions withPlaybackDevice(@Nullable String deviceId) {
        return new CallOptions(audio, captureDevice, deviceId, numberWithheld, headers);
    }

    public CallOptions withNumberWithheld(boolean withheld) {
        return new CallOptions(audio, captureDevice, playbackDevice, withheld, headers);
    }

    public CallOptions withHeaders(List<CallHeader> custom) {
        return new CallOptions(audio, captureDevice, playbackDevice, numberWithheld, custom);
    }
}
