// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.call.CallPhase.Sound;
import com.techpro.callclient.engine.internal.log.Loggers;
import com.techpro.callclient.engine.internal.loop.EngineLoop;
import com.techpro.callclient.engine.internal.media.AudioEndpoint;
import com.techpro.callclient.engine.internal.tone.Tone;
import com.techpro.callclient.engine.internal.tone.ToneMixer;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps microphone and speaker as open as the call wants them, and no more (promise C11). Wishes are noted on the loop; devices are
 * opened and closed on a worker, one after the other; a device that cannot be opened is tried again while it is wanted. Devices are opened at the sample rate
 * of what is spoken, and opened anew when that needs a higher one; if one of them cannot have it, both are narrow-band. A tone of call progress has the speaker
 * opened for it; a notice is heard if the speaker is open.
 */
final class AudioPath {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);

    private final EngineLoop loop;
    private final Executor worker;
    private final AudioPort port;
    private final CallOptions options;
    private final AudioEndpoint endpoint;
    private final AudioStreams streams;
    private final AudioGate gate;
    private final Runnable gateChanged = this::follow;
    private final Consumer<CallInput> mailbox;
    private final ToneMixer tones = new ToneMixer();

    private AudioFormat format = AudioFormat.NARROWBAND;
    /** That of the devices that are open. */
    private AudioFormat openFormat = AudioFormat.NARROWBAND;

    private boolean narrowbandOnly;
    private Sound due = Sound.NONE;
    private Sound wanted = Sound.NONE;
    /** Whether there is a tone to be heard, whatever else is. */
    private boolean toned;

    private boolean muted;
    /** What the worker has not done yet. */
    private int working;

    private boolean troubled;
    /** Failed, and not tried again before the timer runs out; the other of the two need not wait. */
    private boolean captureFailed;

    private boolean playbackFailed;
    private Duration retryDelay = FIRST_RETRY;
    private @Nullable Timer retry;
    private @Nullable AudioStream capture;
    private @Nullable AudioStream playback;
    private @Nullable Runnable whenUnplugged;

    /**
     * @param worker runs tasks in order; opening a device may block it
     * @param streams counts the devices in use
     * @param gate says whether they may be
     * @param mailbox hears of trouble, on the loop
     */
    AudioPath(
            EngineLoop loop,
            Executor worker,
            AudioPort port,
            CallOptions options,
            AudioEndpoint endpoint,
            AudioStreams streams,
            AudioGate gate,
            Consumer<CallInput> mailbox) {
        this.loop = loop;
        this.worker = worker;
        this.port = port;
        this.options = options;
        this.endpoint = endpoint;
        this.streams = streams;
        this.gate = gate;
        this.mailbox = mailbox;
    }

    /** As {@link #want(Sound)}, of so many samples a second. */
    void want(Sound sound, int sampleRate) {
        format = new AudioFormat(sampleRate, AudioFormat.NARROWBAND.frame());
        want(sound);
    }

    /** Opens and closes what is needed for that. */
    void want(Sound sound) {
        loop.assertOnLoop();
        due = sound;
        if (sound.equals(Sound.NONE) && !toned) {
            gate.remove(gateChanged);
        } else {
            gate.add(gateChanged);
        }
        follow();
    }

    /**
     * Plays a tone, with the speaker opened for it.
     *
     * @param tone null for none any more
     * @param sampleRate that the call will probably need: then the speaker need not be opened anew
     */
    void progress(@Nullable Tone tone, int sampleRate) {
        loop.assertOnLoop();
        tones.progress(tone);
        if (toned == (tone != null)) {
            return;
        }
        toned = tone != null;
        if (toned && format.sampleRate() < sampleRate) {
            format = new AudioFormat(sampleRate, AudioFormat.NARROWBAND.frame());
        }
        want(due);
    }

    /** Plays a tone over what is heard, if anything is; null for none any more. */
    void notice(@Nullable Tone tone) {
        tones.notice(tone);
    }

    /** Closes the devices; the task runs on the loop, once neither of them will touch the jack any more. */
    void unplug(Runnable task) {
        whenUnplugged = task;
        want(Sound.NONE);
        reconcile();
    }

    private void follow() {
        Sound audible = toned ? new Sound(due.capture(), true) : due;
        Sound now = gate.isOpen() ? audible : Sound.NONE;
        if (!wanted.equals(now) || !openFormat.equals(usable())) {
            wanted = now;
            reconcile();
        }
    }

    /** What the devices are to be open with: that a codec needs less than they have now is no reason to interrupt them, which is heard. */
    private AudioFormat usable() {
        if (narrowbandOnly) {
            return AudioFormat.NARROWBAND;
        }
        boolean open = capture != null || playback != null;
        return open && openFormat.sampleRate() > format.sampleRate() ? openFormat : format;
    }

    void setMuted(boolean mute) {
        muted = mute;
        if (capture != null) {
            mute(capture, mute);
        }
    }

    /** Closing comes before opening. Both are opened without coming back here between them: each moment of it is cut off the first word. */
    private void reconcile() {
        if (working > 0) {
            return;
        }
        boolean current = openFormat.equals(usable());
        if (capture != null && !(wanted.capture() && current)) {
            close(capture);
            capture = null;
        } else if (playback != null && !(wanted.playback() && current)) {
            close(playback);
            playback = null;
        } else if (!wanted.equals(Sound.NONE)) {
            boolean speaker = !playbackFailed && playback == null && wanted.playback();
            boolean microphone = !captureFailed && capture == null && wanted.capture();
            if (speaker) {
                open(false);
            }
            if (microphone) {
                open(true);
            }
        } else {
            stopRetrying();
            Runnable task = whenUnplugged;
            whenUnplugged = null;
            if (task != null) {
                loop.execute(task);
            }
        }
    }

    /** What the device does not mute, it does not: the sender is muted as well. */
    private static void mute(AudioStream stream, boolean mute) {
        try {
            stream.setMuted(mute);
        } catch (RuntimeException | Error e) {
            Loggers.portThrew(e);
        }
    }

    private void close(AudioStream stream) {
        working++;
        worker.execute(() -> {
            try {
                stream.close();
            } catch (RuntimeException | Error e) {
                Loggers.portThrew(e);
            }
            loop.execute(() -> {
                workDone();
                streams.closed();
            });
        });
    }

    private void open(boolean microphone) {
        working++;
        AudioFormat asked = usable();
        openFormat = asked;
        streams.opening();
        if (microphone && !gate.permitsMicrophone()) {
            loop.execute(() -> unavailable(AudioUnavailableException.Reason.NOT_PERMITTED, true));
            return;
        }
        worker.execute(() -> {
            try {
                AudioStream stream = microphone
                        ? port.openCapture(
                                options.captureDevice(), asked, endpoint.audioIn(asked.sampleRate()), new Interruptions())
                        : port.openPlayback(
                                options.playbackDevice(),
                                asked,
                                tones.over(endpoint.audioOut(asked.sampleRate()), asked.sampleRate()),
                                new Interruptions());
                loop.execute(() -> opened(microphone, stream));
            } catch (AudioUnavailableException e) {
                if (e.reason() == AudioUnavailableException.Reason.UNSUPPORTED_FORMAT
                        && !asked.equals(AudioFormat.NARROWBAND)) {
                    loop.execute(this::goNarrowband);
                } else {
                    loop.execute(() -> unavailable(e.reason(), microphone));
                }
            } catch (RuntimeException | Error e) {
                Loggers.portThrew(e);
                loop.execute(() -> unavailable(AudioUnavailableException.Reason.FAILED, microphone));
            }
        });
    }

    private void opened(boolean microphone, AudioStream stream) {
        if (microphone) {
            capture = stream;
            mute(stream, muted);
        } else {
            playback = stream;
        }
        workDone();
        boolean complete = (capture != null || !wanted.capture()) && (playback != null || !wanted.playback());
        if (complete) {
            retryDelay = FIRST_RETRY;
            restored();
        }
    }

    private void unavailable(AudioUnavailableException.Reason reason, boolean microphone) {
        captureFailed |= microphone;
        playbackFailed |= !microphone;
        if (retry == null) {
            retry = loop.schedule(retryDelay, () -> {
                retry = null;
                captureFailed = false;
                playbackFailed = false;
                reconcile();
            });
            retryDelay = retryDelay.multipliedBy(2).compareTo(LAST_RETRY) > 0 ? LAST_RETRY : retryDelay.multipliedBy(2);
        }
        workDone();
        streams.closed();
        if (!wanted.equals(Sound.NONE)) {
            interrupted(
                    microphone && reason == AudioUnavailableException.Reason.NOT_PERMITTED
                            ? new Failure.MicrophoneDenied()
                            : new Failure.AudioUnavailable(
                                    reason.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        }
    }

    /** A device refused the rate of what is spoken. */
    private void goNarrowband() {
        narrowbandOnly = true;
        workDone();
        streams.closed();
    }

    private void workDone() {
        working--;
        reconcile();
    }

    private void stopRetrying() {
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
        captureFailed = false;
        playbackFailed = false;
        retryDelay = FIRST_RETRY;
        troubled = false;
    }

    private void interrupted(Failure failure) {
        if (!troubled) {
            troubled = true;
            mailbox.accept(new CallInput.AudioInterrupted(failure));
        }
    }

    private void restored() {
        if (troubled) {
            troubled = false;
            mailbox.accept(new CallInput.AudioRestored());
        }
    }

    /** What the port tells of an open stream (AUD-4); it reopens the device by itself. */
    private final class Interruptions implements AudioStreamListener {
        @Override
        public void interrupted(String reason) {
            // The port's words may hold a device's name, which is the user's affair: a fixed word goes on.
            loop.execute(() -> AudioPath.this.interrupted(new Failure.AudioUnavailable("device-lost")));
        }

        @Override
        public void restored() {
            loop.execute(AudioPath.this::restored);
        }
    }
}
