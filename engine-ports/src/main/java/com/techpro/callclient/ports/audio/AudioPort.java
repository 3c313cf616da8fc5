// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.audio;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The host's microphones and speakers. Clauses, each tested by {@code AudioPortContract}:
 *
 * <ul>
 *   <li><b>AUD-1</b> Frames are mono, 16 bit, linear, and exactly {@link AudioFormat#samplesPerFrame} long, whatever the device's
 *       own format; the port converts ({@link com.techpro.callclient.ports.audio.pcm.Resampler} does).
 *   <li><b>AUD-2</b> {@link CaptureSink} and {@link PlaybackSource} are called on a thread of the port, one call at a time a stream, at
 *       the device's pace; they return at once.
 *   <li><b>AUD-3</b> A device that cannot be opened is an {@link AudioUnavailableException} with its reason, never a stream that
 *       is silent.
 *   <li><b>AUD-4</b> A device lost while open is told by {@link AudioStreamListener#interrupted} within two seconds; the port keeps
 *       trying to reopen it (or the default device) and tells {@link AudioStreamListener#restored}. Meanwhile no frame is asked for
 *       or delivered.
 *   <li><b>AUD-5</b> Captured sound is current: what piled up while nobody read is thrown away, not delivered late.
 *   <li><b>AUD-6</b> After {@link AudioStream#close} has returned, no callback starts; the device is
 *       released. It may wait for a callback that runs: the engine closes on a worker, and never
 *       inside a callback.
 *   <li><b>AUD-7</b> A null device id means the system's default; an id that is not there is an {@code AudioUnavailableException}.
 *   <li><b>AUD-8</b> While a capture stream is muted its frames are silent and keep their pace; muted playback discards what it
 *       fetched.
 *   <li><b>AUD-9</b> Device ids are stable over restarts of the program as long as the hardware is.
 *   <li><b>AUD-10</b> Methods may be called from any thread; opening may block for some hundred milliseconds, so callers use a worker.
 * </ul>
 *
 * <p>Several streams may be open at once, two of them on one device: a ring ends a moment after the
 * sound of its call has begun. A port that cannot mix them refuses the later one as
 * {@link AudioUnavailableException.Reason#BUSY}.
 */
public interface AudioPort {
    /** The devices there are now. Empty if there are none. */
    List<AudioDevice> devices();

    AudioStream openCapture(
            @Nullable String deviceId, AudioFormat format, CaptureSink sink, AudioStreamListener listener)
            throws AudioUnavailableException;

    AudioStream openPlayback(
            @Nullable String deviceId, AudioFormat format, PlaybackSource source, AudioStreamListener listener)
            throws AudioUnavailableException;
}
