// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.stack.media.dtmf.TelephoneEventReceiver;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import java.nio.ByteBuffer;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Connects a device with a {@link Programme} of the PBX: receives its speech and DTMF, and sends it
 * audio. Methods other than those of {@link MediaSource} are for the media loop.
 */
public final class ProgrammeSource implements MediaSource {
    private final MediaPlane plane;
    private final Random random;
    private final Runnable beat = this::beat;
    private final SpeechReceiver speech = new SpeechReceiver();
    private final RtpPacket view = new RtpPacket();
    private final TelephoneEventReceiver keys = new TelephoneEventReceiver((key, length) -> pressed(key));

    private Programme programme = Programme.NONE;
    private @Nullable SpeechSender sender;
    private @Nullable VoiceFormat format;
    private boolean heard;
    private int source;
    private boolean closed;

    public ProgrammeSource(MediaPlane plane, Random random) {
        this.plane = plane;
        this.random = random;
    }

    /** Sets the programme that begins once the line is open. From the thread that opens it. */
    public ProgrammeSource with(Programme first) {
        programme = first;
        return this;
    }

    /** An interactive service on the line. Called on the media loop, in order. */
    public interface Programme {
        Programme NONE = new Programme() {
            @Override
            public void began(ProgrammeSource station) {}

            @Override
            public void frame(ProgrammeSource station) {}
        };

        /** The line is open. */
        void began(ProgrammeSource station);

        /** Called every 20 ms; the programme may send a frame in it. */
        void frame(ProgrammeSource station);

        /** A digit was pressed and released (RFC 4733). */
        default void key(ProgrammeSource station, char key) {}

        /** The device's stream has this SSRC from now on (RFC 3550 §8). */
        public default void source(ProgrammeSource station, int ssrc) {}

        /** The line is closed. */
        default void ended(ProgrammeSource station) {}
    }

    /** Switches to another programme. */
    public void turnTo(Programme next) {
        programme = next;
        next.began(this);
        if (heard) {
            next.source(this, source);
        }
    }

    @Override
    public void speak(MediaPort port, VoiceFormat chosen) {
        plane.loop().execute(() -> {
            format = chosen;
            if (sender == null && !closed) {
                sender = new SpeechSender(plane, port, random);
                plane.frames().add(beat);
                programme.began(this);
            }
        });
    }

    /**
     * Reads the next 20 ms of the device's speech.
     *
     * @return whether there is any
     */
    public boolean hear(short[] frame) {
        return speech.read(frame);
    }

    /** Sends 20 ms. */
    public void say(short[] frame) {
        VoiceFormat chosen = format;
        if (sender != null && chosen != null) {
            if (chosen.wanted()) {
                sender.send(chosen, frame);
            } else {
                sender.rest();
            }
        }
    }

    /** Sends 20 ms that are already encoded; see {@link SpeechSender#send}. */
    public void say(byte[] encoded, int[] sources, int count) {
        VoiceFormat chosen = format;
        if (sender != null && chosen != null) {
            if (chosen.wanted()) {
                sender.send(chosen, encoded, sources, count, source);
            } else {
                sender.rest();
            }
        }
    }

    /** The format in use; null before the line is open. */
    @Nullable
    public VoiceFormat format() {
        return format;
    }

    public int source() {
        return source;
    }

    @Override
    public void rtp(ByteBuffer packet) {
        VoiceFormat chosen = format;
        SpeechSender own = sender;
        if (own == null || chosen == null || !view.wrap(packet)) {
            return;
        }
        own.terminal().received(packet);
        if (!heard || view.ssrc() != source) {
            heard = true;
            source = view.ssrc();
            keys.restart();
            programme.source(this, source);
        }
        if (view.payloadType() == chosen.payloadType()) {
            speech.received(view.timestamp(), packet, view.payloadStart(), view.payloadLength(), chosen.law());
        } else if (view.payloadType() == chosen.eventType()) {
            keys.received(
                    view.timestamp(),
                    packet,
                    view.payloadStart(),
                    view.payloadLength(),
                    chosen.law().clockRate(),
                    plane.loop().nanoTime());
        }
    }

    @Override
    public void rtcp(ByteBuffer packet) {
        if (sender != null) {
            sender.terminal().reported(packet);
        }
    }

    @Override
    public void close() {
        plane.loop().execute(() -> {
            if (!closed) {
                closed = true;
                if (sender != null) {
                    plane.frames().remove(beat);
                    sender.stop();
                    programme.ended(this);
                }
            }
        });
    }

    private void beat() {
        keys.check(plane.loop().nanoTime());
        programme.frame(this);
    }

    private void pressed(char key) {
        programme.key(this, key);
    }
}
