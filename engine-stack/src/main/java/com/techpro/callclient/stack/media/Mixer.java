// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.stack.media.mix.MixBus;
import java.util.Arrays;

/**
 * Local three-way mixing: each of the microphone and the two far ends is mixed from the two others.
 * For each call the mixer acts as its microphone and speaker and uses its rings, as a device would.
 * A call may therefore be on any media loop and have any codec. The rings absorb differences
 * between the calls' clocks. It mixes when the speaker wants a frame, and at this loop's pace while
 * none does. If the microphone's clock drifts against the speaker's, a frame is skipped or missing
 * every few minutes. It mixes at the rate of the devices. Belongs to one media loop.
 */
final class Mixer implements SlotTask {
    private final MediaLoop loop;
    private final Leg[] legs;
    private final Runnable closedHook;
    private volatile Rings rings;
    private short[] own = new short[0];
    private short[] mixed = new short[0];
    private MixBus speakerBus = new MixBus(0);
    private boolean closed;

    Mixer(MediaLoop loop, int sampleRate, AudioEndpoint one, AudioEndpoint other, Runnable closedHook) {
        this.loop = loop;
        this.rings = new Rings(sampleRate);
        this.legs = new Leg[] {new Leg(one), new Leg(other)};
        this.closedHook = closedHook;
    }

    CaptureRing microphone(int sampleRate) {
        return at(sampleRate).microphone;
    }

    PlaybackRing speaker(int sampleRate) {
        return at(sampleRate).speaker;
    }

    /** Callable from any thread, but one at a time. */
    private Rings at(int sampleRate) {
        Rings plugged = rings;
        if (plugged.sampleRate != sampleRate) {
            plugged = new Rings(sampleRate);
            rings = plugged;
        }
        return plugged;
    }

    void set(int leg, boolean speaks, boolean listens, boolean muted) {
        legs[leg].speaks = speaks;
        legs[leg].listens = listens;
        legs[leg].muted = muted;
    }

    @Override
    public boolean serve(long now) {
        Rings devices = rings;
        update(MediaLoop.frame(devices.sampleRate));
        devices.speaker.look(true, now);
        if (!devices.speaker.listening()) {
            mix(devices);
        }
        serveDevices(now);
        return devices.speaker.listening();
    }

    @Override
    public void serveDevices(long now) {
        Rings devices = rings;
        while (devices.speaker.listening()
                && devices.speaker.frame() == own.length
                && devices.speaker.wants(false, now)) {
            mix(devices);
            speakerBus.write(mixed);
            devices.speaker.put(mixed);
        }
    }

    private void mix(Rings devices) {
        if (devices.microphone.take(own) != CaptureRing.Next.FRAME) {
            Arrays.fill(own, (short) 0);
        }
        speakerBus.clear();
        for (Leg leg : legs) {
            if (leg.speaks) {
                leg.call.audioOut(devices.sampleRate).fill(leg.voice);
                speakerBus.add(leg.voice);
            }
        }
        for (Leg leg : legs) {
            if (leg.listens) {
                leg.bus.clear();
                if (!leg.muted) {
                    leg.bus.add(own);
                }
                addOthers(leg);
                leg.bus.write(mixed);
                leg.call.audioIn(devices.sampleRate).captured(mixed);
            }
        }
    }

    /** Adapts to the devices' rate, which may have changed. */
    private void update(int frame) {
        if (own.length != frame) {
            own = new short[frame];
            mixed = new short[frame];
            speakerBus = new MixBus(frame);
            for (Leg leg : legs) {
                leg.voice = new short[frame];
                leg.bus = new MixBus(frame);
            }
        }
    }

    private void addOthers(Leg listener) {
        for (Leg other : legs) {
            if (other != listener && other.speaks) {
                listener.bus.add(other.voice);
            }
        }
    }

    @Override
    public void faulted() {}

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            loop.remove(this);
            closedHook.run();
        }
    }

    /** The rings of the devices. */
    private static final class Rings {
        private final int sampleRate;
        private final CaptureRing microphone;
        private final PlaybackRing speaker;

        Rings(int sampleRate) {
            this.sampleRate = sampleRate;
            microphone = new CaptureRing(sampleRate);
            speaker = new PlaybackRing(sampleRate);
        }
    }

    /** A call in the mix. */
    private static final class Leg {
        private final AudioEndpoint call;
        private MixBus bus = new MixBus(0);
        private short[] voice = new short[0];
        private boolean speaks;
        private boolean listens;
        private boolean muted;

        Leg(AudioEndpoint call) {
            this.call = call;
        }
    }
}
