// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.play;

import com.techpro.callclient.engine.internal.call.context.AudioStreams;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.PlaybackSource;
import com.techpro.callclient.stack.log.Loggers;
import com.techpro.callclient.stack.loop.EngineLoop;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One loudspeaker, open for as long as it is wanted. Wishes are noted on the loop, and one is carried out at a time, on the worker that also opens
 * the calls' devices: so a call finds the loudspeaker free. Belongs to the loop.
 */
public final class Speaker {
    /** A change of the device. */
    public enum Change {
        /** It is open, or came back. */
        WORKS,
        /** It is gone for now. */
        LOST,
        /** It could not be opened, and is wanted no more. */
        UNAVAILABLE
    }

    private final EngineLoop loop;
    private final Executor worker;
    private final @Nullable AudioPort port;
    private final AudioStreams streams;
    private final PlaybackSource source;
    private final Consumer<Change> changes;
    private @Nullable String device;
    private int sampleRate;
    private boolean wanted;
    private boolean working;
    private @Nullable AudioStream stream;
    private @Nullable String openDevice;

    /**
     * @param port null where there is no loudspeaker
     * @param changes receives each change of the device, on the loop
     */
    public Speaker(
            EngineLoop loop,
            Executor worker,
            @Nullable AudioPort port,
            AudioStreams streams,
            PlaybackSource source,
            Consumer<Change> changes) {
        this.loop = loop;
        this.worker = worker;
        this.port = port;
        this.streams = streams;
        this.source = source;
        this.changes = changes;
    }

    public void route(@Nullable String deviceId) {
        device = deviceId;
        reconcile();
    }

    /** @param rate of the samples, in Hz; the same while it is wanted */
    public void want(boolean on, int rate) {
        wanted = on;
        sampleRate = rate;
        reconcile();
    }

    private void reconcile() {
        if (working) {
            return;
        }
        if (stream != null && (!wanted || !Objects.equals(device, openDevice))) {
            close(stream);
        } else if (stream == null && wanted) {
            open();
        }
    }

    private void close(AudioStream open) {
        working = true;
        stream = null;
        worker.execute(() -> {
            try {
                open.close();
            } catch (RuntimeException | Error e) {
                Loggers.portThrew(e);
            }
            loop.execute(() -> {
                working = false;
                streams.closed();
                reconcile();
            });
        });
    }

    private void open() {
        AudioPort audio = port;
        if (audio == null) {
            unavailable();
            return;
        }
        working = true;
        streams.opening();
        String chosen = device;
        AudioFormat format = new AudioFormat(sampleRate, AudioFormat.NARROWBAND.frame());
        worker.execute(() -> {
            try {
                AudioStream opened = audio.openPlayback(chosen, format, source, new Interruptions());
                loop.execute(() -> {
                    working = false;
                    stream = opened;
                    openDevice = chosen;
                    changes.accept(Change.WORKS);
                    reconcile();
                });
            } catch (AudioUnavailableException e) {
                loop.execute(this::notOpened);
            } catch (RuntimeException | Error e) {
                Loggers.portThrew(e);
                loop.execute(this::notOpened);
            }
        });
    }

    private void notOpened() {
        working = false;
        streams.closed();
        unavailable();
    }

    private void unavailable() {
        if (wanted) {
            wanted = false;
            changes.accept(Change.UNAVAILABLE);
        }
    }

    /** A device that was lost comes back by itself (AUD-4). */
    private final class Interruptions implements AudioStreamListener {
        @Override
        public void interrupted(String reason) {
            loop.execute(() -> {
                if (stream != null) {
                    changes.accept(Change.LOST);
                }
            });
        }

        @Override
        public void restored() {
            loop.execute(() -> {
                if (stream != null) {
                    changes.accept(Change.WORKS);
                }
            });
        }
    }
}
