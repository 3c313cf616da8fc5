// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.media;

import com.techpro.callclient.engine.call.AudioLevels;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.MicrophoneWarning;
import com.techpro.callclient.engine.call.SoundLevel;
import com.techpro.callclient.engine.call.VoiceEffects;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.internal.call.context.AudioGate;
import com.techpro.callclient.engine.internal.call.context.AudioStreams;
import com.techpro.callclient.engine.internal.call.context.EchoMemory;
import com.techpro.callclient.engine.internal.call.context.EchoMemory.DevicePair;
import com.techpro.callclient.engine.internal.call.machine.CallInput;
import com.techpro.callclient.engine.internal.call.machine.CallPhase.Sound;
import com.techpro.callclient.engine.internal.tone.Tone;
import com.techpro.callclient.engine.internal.tone.ToneMixer;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.log.Loggers;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.media.AudioEndpoint;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens a call's microphone and speaker only as far as the call needs them (promise C11). Requests
 * are noted on the loop; a worker opens and closes devices one after the other. A device that
 * cannot be opened is retried while it is wanted.
 *
 * <p>Devices use the codec's sample rate and are reopened when a higher rate is needed. If one of
 * them does not support it, both use narrow-band. A call progress tone opens the speaker; a notice
 * is heard only if the speaker is open.
 */
public final class AudioPath {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(10);

    private final EngineLoop loop;
    private final Executor worker;
    private final AudioPort port;
    private final AudioEndpoint endpoint;
    private final AudioStreams streams;
    private final AudioGate gate;
    private final Runnable gateChanged = this::update;
    private final Consumer<CallInput> mailbox;
    private final ToneMixer tones = new ToneMixer();
    private final DeviceChain chain;
    private final Device microphone = new Device();
    private final Device speaker = new Device();

    private AudioFormat format = AudioFormat.NARROWBAND;
    /** Format of the devices that are open. */
    private AudioFormat openFormat = AudioFormat.NARROWBAND;

    private boolean narrowbandOnly;
    private Sound due = Sound.NONE;
    private Sound wanted = Sound.NONE;
    /** Whether a progress tone plays, so that the speaker is needed in any case. */
    private boolean toned;

    private volatile boolean muted;
    /** Worker tasks not yet finished. */
    private int working;

    /** Whether an interruption was reported and its end was not. */
    private boolean troubled;
    /** Whether the devices chosen last are known to be in trouble. */
    private boolean troubleTold;

    private Duration retryDelay = FIRST_RETRY;
    private @Nullable Timer retry;
    private @Nullable Runnable whenUnplugged;

    private static final class Device {
        /** The user's choice; null for the system's default. */
        private @Nullable String id;
        /** Whether another one was chosen since this one was opened. */
        private boolean changed;
        /** Whether it failed and waits for the retry timer; the other device need not wait. */
        private boolean failed;

        private @Nullable AudioStream stream;
        private @Nullable Interruptions listener;
        /** Whether its port has lost it and looks for it. */
        private volatile boolean interrupted;

        private volatile @Nullable LevelMeter meter;

        void choose(@Nullable String chosen) {
            changed |= !Objects.equals(chosen, id);
            id = chosen;
        }

        @Nullable
        SoundLevel level() {
            LevelMeter measured = meter;
            if (measured == null) {
                return null;
            }
            return interrupted ? SoundLevel.SILENCE : measured.level();
        }
    }

    /**
     * @param worker runs tasks in order; opening a device may block it
     * @param effects wanted on the microphone's sound
     * @param streams counts the devices in use
     * @param gate decides whether devices may be used
     * @param echoes what is known of the echo between devices; the worker's
     * @param mailbox receives audio failures, on the loop
     */
    AudioPath(
            EngineLoop loop,
            Executor worker,
            AudioPort port,
            CallOptions options,
            Set<VoiceEffect> effects,
            AudioEndpoint endpoint,
            AudioStreams streams,
            AudioGate gate,
            EchoMemory echoes,
            Consumer<CallInput> mailbox) {
        this.loop = loop;
        this.worker = worker;
        this.port = port;
        microphone.id = options.captureDevice();
        speaker.id = options.playbackDevice();
        this.endpoint = endpoint;
        this.chain = new DeviceChain(tones, effects, echoes, worker);
        this.streams = streams;
        this.gate = gate;
        this.mailbox = mailbox;
    }

    /** As {@link #want(Sound)}, with a sample rate in Hz. */
    void want(Sound sound, int sampleRate) {
        format = new AudioFormat(sampleRate, AudioFormat.NARROWBAND.frame());
        want(sound);
    }

    /** Opens and closes devices so that they match the sound. */
    void want(Sound sound) {
        loop.assertOnLoop();
        due = sound;
        if (sound.equals(Sound.NONE) && !toned) {
            gate.remove(gateChanged);
        } else {
            gate.add(gateChanged);
        }
        update();
    }

    /**
     * Plays a progress tone and opens the speaker for it.
     *
     * @param tone null stops it
     * @param sampleRate the rate that the call will probably need, so that the speaker need not be
     *     reopened
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

    /** Plays a tone over the call's sound if the speaker is open; null stops it. */
    void notice(@Nullable Tone tone) {
        tones.notice(tone);
    }

    /**
     * Closes the devices. The task runs on the loop once neither device uses the endpoint any more.
     */
    void unplug(Runnable task) {
        whenUnplugged = task;
        want(Sound.NONE);
        reconcile();
    }

    private void update() {
        Sound audible = toned ? new Sound(due.capture(), true) : due;
        Sound now = gate.isOpen() ? audible : Sound.NONE;
        if (!wanted.equals(now) || !openFormat.equals(usable())) {
            wanted = now;
            reconcile();
        }
    }

    /**
     * Returns the format that the devices should have. Devices open at a higher rate keep it:
     * reopening them would be an audible gap.
     */
    private AudioFormat usable() {
        if (narrowbandOnly) {
            return AudioFormat.NARROWBAND;
        }
        boolean open = microphone.stream != null || speaker.stream != null;
        return open && openFormat.sampleRate() > format.sampleRate() ? openFormat : format;
    }

    /** Reopens the devices that are not the open ones. One that failed is tried at once. */
    void useDevices(@Nullable String captureDevice, @Nullable String playbackDevice) {
        loop.assertOnLoop();
        microphone.choose(captureDevice);
        speaker.choose(playbackDevice);
        if (microphone.changed || speaker.changed) {
            narrowbandOnly = false;
            troubleTold = false;
        }
        cancelRetry();
        reconcile();
    }

    void setMuted(boolean mute) {
        muted = mute;
        if (microphone.meter != null) {
            microphone.meter.setMuted(mute);
        }
        if (microphone.stream != null) {
            mute(microphone.stream, mute);
        }
    }

    /** May be called from any thread. */
    AudioLevels levels() {
        LevelMeter meter = microphone.meter;
        return new AudioLevels(microphone.level(), speaker.level(), meter == null ? Set.of() : warnings(meter));
    }

    private Set<MicrophoneWarning> warnings(LevelMeter meter) {
        if (muted || !chain.isEchoHeard()) {
            return meter.warnings();
        }
        Set<MicrophoneWarning> all = EnumSet.of(MicrophoneWarning.ECHO);
        all.addAll(meter.warnings());
        return all;
    }

    /** May be called from any thread. */
    VoiceEffects voiceEffects() {
        return chain.effects();
    }

    /**
     * Closes devices before it opens any. Both are opened without returning here between, because
     * any delay cuts off the first word.
     */
    private void reconcile() {
        if (working > 0) {
            return;
        }
        if (isStale(microphone)) {
            close(microphone);
        } else if (isStale(speaker)) {
            close(speaker);
        } else if (!wanted.equals(Sound.NONE)) {
            boolean playbackMissing = isMissing(speaker);
            boolean captureMissing = isMissing(microphone);
            if (playbackMissing) {
                open(speaker);
            }
            if (captureMissing) {
                open(microphone);
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

    private boolean isWanted(Device device) {
        return device == microphone ? wanted.capture() : wanted.playback();
    }

    private boolean isStale(Device device) {
        return device.stream != null && (!isWanted(device) || device.changed || !openFormat.equals(usable()));
    }

    private boolean isMissing(Device device) {
        return device.stream == null && !device.failed && isWanted(device);
    }

    /** Mutes the device. A failure does no harm: the sender is muted as well. */
    private static void mute(AudioStream stream, boolean mute) {
        try {
            stream.setMuted(mute);
        } catch (RuntimeException | Error e) {
            Loggers.portThrew(e);
        }
    }

    private void close(Device device) {
        AudioStream stream = device.stream;
        device.stream = null;
        device.meter = null;
        device.listener = null;
        device.interrupted = false;
        if (stream == null) {
            return;
        }
        working++;
        worker.execute(() -> {
            try {
                stream.close();
            } catch (RuntimeException | Error e) {
                Loggers.portThrew(e);
            }
            if (device == microphone) {
                chain.end();
            }
            loop.execute(() -> {
                workDone();
                streams.closed();
            });
        });
    }

    private void open(Device device) {
        working++;
        AudioFormat asked = usable();
        openFormat = asked;
        device.changed = false;
        streams.opening();
        if (device == microphone && !gate.permitsMicrophone()) {
            loop.execute(() -> unavailable(AudioUnavailableException.Reason.NOT_PERMITTED, device));
            return;
        }
        String id = device.id;
        LevelMeter meter = new LevelMeter(asked.sampleRate());
        Interruptions listener = new Interruptions(device);
        device.listener = listener;
        Supplier<DevicePair> devices = devices();
        worker.execute(() -> {
            try {
                // Asked for before it opens: until it is processed, its sound is not sent.
                DevicePair between = device == microphone ? devices.get() : null;
                int rate = asked.sampleRate();
                AudioStream stream = device == microphone
                        ? port.openCapture(id, asked, chain.microphone(meter, endpoint.audioIn(rate)), listener)
                        : port.openPlayback(id, asked, chain.speaker(endpoint.audioOut(rate), meter, rate), listener);
                if (between != null) {
                    beginVoice(stream, rate, between);
                }
                loop.execute(() -> opened(device, stream, meter));
            } catch (AudioUnavailableException e) {
                if (e.reason() == AudioUnavailableException.Reason.UNSUPPORTED_FORMAT
                        && !asked.equals(AudioFormat.NARROWBAND)) {
                    loop.execute(this::goNarrowband);
                } else {
                    loop.execute(() -> unavailable(e.reason(), device));
                }
            } catch (RuntimeException | Error e) {
                Loggers.portThrew(e);
                loop.execute(() -> unavailable(AudioUnavailableException.Reason.FAILED, device));
            }
        });
    }

    private void opened(Device device, AudioStream stream, LevelMeter meter) {
        device.stream = stream;
        device.meter = meter;
        if (device == microphone) {
            meter.setMuted(muted);
            mute(stream, muted);
        } else {
            processAgain(speaker);
        }
        workDone();
        restored();
    }

    /** On the worker: it builds tables. */
    private void beginVoice(AudioStream stream, int sampleRate, DevicePair devices) {
        try {
            chain.begin(stream, sampleRate, devices);
        } catch (RuntimeException | Error e) {
            Loggers.portThrew(e);
        }
    }

    /** Finds the devices of the streams, on the worker, because the port may ask the system. */
    private Supplier<DevicePair> devices() {
        String captureId = microphone.id;
        String playbackId = speaker.id;
        return () -> {
            try {
                return DevicePair.among(port.devices(), captureId, playbackId);
            } catch (RuntimeException | Error e) {
                Loggers.portThrew(e);
                return new DevicePair(captureId, playbackId);
            }
        };
    }

    /** Begins processing again for a microphone that came back, or if the speaker is another. */
    private void processAgain(Device changed) {
        AudioStream captured = microphone.stream;
        if (captured == null) {
            return;
        }
        Supplier<DevicePair> devices = devices();
        int sampleRate = openFormat.sampleRate();
        worker.execute(() -> {
            DevicePair between = devices.get();
            if (changed == microphone || !chain.isFor(between)) {
                beginVoice(captured, sampleRate, between);
            }
        });
    }

    private void unavailable(AudioUnavailableException.Reason reason, Device device) {
        device.failed = true;
        if (retry == null) {
            retry = loop.schedule(retryDelay, () -> {
                retry = null;
                microphone.failed = false;
                speaker.failed = false;
                reconcile();
            });
            retryDelay = retryDelay.multipliedBy(2).compareTo(LAST_RETRY) > 0 ? LAST_RETRY : retryDelay.multipliedBy(2);
        }
        workDone();
        streams.closed();
        if (!wanted.equals(Sound.NONE)) {
            interrupted(
                    device == microphone && reason == AudioUnavailableException.Reason.NOT_PERMITTED
                            ? new Failure.MicrophoneDenied()
                            : new Failure.AudioUnavailable(
                                    reason.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        }
    }

    /** Falls back to narrow-band after a device refused the codec's sample rate. */
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
        cancelRetry();
        troubled = false;
        troubleTold = false;
    }

    private void cancelRetry() {
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
        microphone.failed = false;
        speaker.failed = false;
        retryDelay = FIRST_RETRY;
    }

    private void interrupted(Failure failure) {
        if (!troubleTold) {
            troubleTold = true;
            troubled = true;
            mailbox.accept(new CallInput.AudioInterrupted(failure));
        }
    }

    private void restored() {
        if (!isSound(microphone) || !isSound(speaker)) {
            return;
        }
        retryDelay = FIRST_RETRY;
        if (troubled) {
            troubled = false;
            troubleTold = false;
            mailbox.accept(new CallInput.AudioRestored());
        }
    }

    private boolean isSound(Device device) {
        return !isWanted(device) || (device.stream != null && !device.interrupted);
    }

    /**
     * Reports what the port says about an open stream (AUD-4); the port reopens the device itself, and returns to a
     * chosen one (AUD-13).
     */
    private final class Interruptions implements AudioStreamListener {
        private final Device device;

        private Interruptions(Device device) {
            this.device = device;
        }

        @Override
        public void interrupted(String reason) {
            loop.execute(() -> {
                if (device.listener == this) {
                    device.interrupted = true;
                    if (device == microphone) {
                        worker.execute(chain::keep);
                    }
                    // The port's text may name a device, which is private, so a fixed word is
                    // reported instead.
                    AudioPath.this.interrupted(new Failure.AudioUnavailable("device-lost"));
                }
            });
        }

        @Override
        public void restored() {
            loop.execute(() -> {
                if (device.listener == this) {
                    device.interrupted = false;
                    processAgain(device);
                    AudioPath.this.restored();
                }
            });
        }
    }
}
