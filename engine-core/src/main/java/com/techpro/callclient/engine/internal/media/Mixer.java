// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import com.techpro.callclient.engine.internal.media.mix.MixBus;
import java.util.Arrays;

/**
 * Local three-way mixing: the microphone and the far ends of two calls, each of whom hears the two others and not himself. To a call the
 * mixer is its microphone and its speaker: it meets the calls through their rings, as a device would, so that a call may live on any
 * media loop. The calls' rings keep their clocks apart; where the real devices' clocks drift against this loop's, a frame is left out or
 * goes missing every few minutes. Lives on one media loop.
 */
final class Mixer implements SlotTask {
    private static final int FRAME = AudioSender.FRAME;

    private final MediaLoop loop;
    private final Leg[] legs;
    private final Runnable closedHook;
    private final CaptureRing microphone = new CaptureRing(FRAME);
    private final PlaybackRing speaker = new PlaybackRing(FRAME);
    private final MixBus speakerBus = new MixBus(FRAME);
    private final short[] own = new short[FRAME];
    private final short[] mixed = new short[FRAME];
    private boolean closed;

    Mixer(MediaLoop loop, AudioEndpoint one, AudioEndpoint other, Runnable closedHook) {
        this.loop = loop;
        this.legs = new Leg[] {new Leg(one), new Leg(other)};
        this.closedHook = closedHook;
    }

    CaptureRing microphone() {
        return microphone;
    }

    PlaybackRing speaker() {
        return speaker;
    }

    void set(int leg, boolean speaks, boolean listens, boolean muted) {
        legs[leg].speaks = speaks;
        legs[leg].listens = listens;
        legs[leg].muted = muted;
    }

    @Override
    public void serve(long now) {
        if (microphone.take(own) != CaptureRing.Next.FRAME) {
            Arrays.fill(own, (short) 0);
        }
        speakerBus.clear();
        for (Leg leg : legs) {
            if (leg.speaks) {
                leg.jack.audioOut().fill(leg.voice);
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
                leg.jack.audioIn().captured(mixed);
            }
        }
        speaker.look(true);
        if (speaker.listening() && speaker.hasRoom()) {
            speakerBus.write(mixed);
            speaker.put(mixed);
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

    /** A call in the mix. */
    private static final class Leg {
        private final AudioEndpoint jack;
        private final MixBus bus = new MixBus(FRAME);
        private final short[] voice = new short[FRAME];
        private boolean speaks;
        private boolean listens;
        private boolean muted;

        Leg(AudioEndpoint jack) {
            this.jack = jack;
        }
    }
}
