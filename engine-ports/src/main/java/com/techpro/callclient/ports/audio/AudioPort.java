// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.audio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The host's microphones and speakers. Clauses, each tested by {@code AudioPortContract}:
 *
 * <ul>
 *   <li><b>AUD-1</b> Frames are mono, 16-bit linear PCM, exactly
 *       {@link AudioFormat#samplesPerFrame} samples long, whatever the device's own format. The
 *       port converts, for example with {@link com.techpro.callclient.ports.audio.pcm.Resampler}.
 *       It repeats, omits and clips no sample, and adds no offset.
 *   <li><b>AUD-2</b> The port calls {@link CaptureSink} and {@link PlaybackSource} on a thread of
 *       its own, at the device's pace, one call at a time per stream. They return at once.
 *   <li><b>AUD-3</b> If a device cannot be opened, the port throws
 *       {@link AudioUnavailableException} with the reason. It never returns a silent stream
 *       instead.
 *   <li><b>AUD-4</b> When an open device is lost, the port calls
 *       {@link AudioStreamListener#interrupted} within two seconds. It keeps trying to reopen that
 *       device or the default one, and then calls {@link AudioStreamListener#restored}. In between
 *       it requests and delivers no frames.
 *   <li><b>AUD-5</b> Captured sound is current: the port drops frames that piled up unread and does
 *       not deliver them late. A microphone hears what a speaker plays less than 300 milliseconds
 *       after the port fetched it.
 *   <li><b>AUD-6</b> After {@link AudioStream#close} has returned, no callback starts and the
 *       device is released. It may wait for a running callback: the engine closes streams on a
 *       worker, never inside a callback. Other streams stay open.
 *   <li><b>AUD-7</b> A null device id means the system's default. An unknown id is an
 *       {@code AudioUnavailableException}.
 *   <li><b>AUD-8</b> While a capture stream is muted, its frames are silent and keep their pace. A
 *       muted playback stream fetches frames and discards them.
 *   <li><b>AUD-9</b> Device ids stay the same across restarts of the program while the hardware is
 *       the same.
 *   <li><b>AUD-10</b> Methods may be called from any thread. Opening may block for some hundred
 *       milliseconds, so callers use a worker.
 *   <li><b>AUD-11</b> {@link AudioStream#voiceEffects} names the same effects until the stream is
 *       closed or interrupted.
 *   <li><b>AUD-12</b> A stream that was opened with a null id follows the system's default. When
 *       another device becomes the default, as a headset does that is plugged in, the sound moves
 *       there within two seconds and pauses for less than 200 milliseconds. A port may move it
 *       silently, or report {@code interrupted} and {@code restored}.
 *   <li><b>AUD-13</b> A stream that was opened with an id and goes on at the default device since
 *       its own was lost (AUD-4) returns when that is back, as fast and with as short a pause. Until
 *       then it follows the default.
 * </ul>
 *
 * <p>Several streams may be open at once, and two of them on one device: a ring tone ends a moment
 * after the sound of its call has begun. A port that cannot mix them refuses the later one as
 * {@link AudioUnavailableException.Reason#BUSY}.
 */
public interface AudioPort {
    /** Returns the devices present now; empty if there are none. */
    List<AudioDevice> devices();

    AudioStream openCapture(
            @Nullable String deviceId, AudioFormat format, CaptureSink sink, AudioStreamListener listener)
            throws AudioUnavailableException;

    AudioStream openPlayback(
            @Nullable String deviceId, AudioFormat format, PlaybackSource source, AudioStreamListener listener)
            throws AudioUnavailableException;
}
