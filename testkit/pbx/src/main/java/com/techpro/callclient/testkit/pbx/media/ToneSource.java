// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.media.codec.G711;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Plays a sine tone in G.711, a packet every 20 ms, from the answer to the end. */
public final class ToneSource extends ReportingSource {
    private static final int RATE = 8000;
    private static final int SAMPLES = 160;
    private static final long PACKET_NANOS = 20_000_000;
    private static final double AMPLITUDE = 8000;

    private final boolean keyFirst;

    /** One second: a whole number of periods for every whole frequency. */
    private final short[] second = new short[RATE];

    // Owned by the media loop:
    private @Nullable MediaPort port;
    private @Nullable Timer timer;
    private G711 law = G711.ULAW;
    private int payloadType;
    private int sequence;
    private int timestamp;
    private int ssrc;
    private int phase;
    private long due;

    /** @param keyFirst whether a DTMF digit with timestamp 0 comes first */
    public ToneSource(MediaPlane plane, Random random, int hertz, boolean keyFirst) {
        super(plane, random);
        this.keyFirst = keyFirst;
        for (int i = 0; i < RATE; i++) {
            second[i] = (short) Math.round(AMPLITUDE * Math.sin(2 * Math.PI * hertz * i / RATE));
        }
    }

    @Override
    public void speak(MediaPort chosen, VoiceFormat format) {
        plane.loop().execute(() -> {
            payloadType = format.payloadType();
            law = format.law();
            if (port == null) {
                port = chosen;
                sequence = random.nextInt(1 << 15);
                timestamp = random.nextInt();
                ssrc = random.nextInt();
                reports(chosen, ssrc);
                due = plane.loop().nanoTime();
                if (keyFirst && format.eventType() >= 0) {
                    press(chosen, format.eventType());
                }
                play(chosen, true);
            }
        });
    }

    /** Sends a short digit 5: two updates and its end three times (RFC 4733 §2.5.1). */
    private void press(MediaPort to, int eventType) {
        for (int i = 1; i <= 5; i++) {
            boolean end = i >= 3;
            ByteBuffer packet = ByteBuffer.allocate(16 + 64);
            packet.put((byte) 0x80).put((byte) (eventType | (i == 1 ? 0x80 : 0)));
            packet.putShort((short) sequence++).putInt(0).putInt(ssrc);
            packet.put((byte) 5).put((byte) (end ? 0x8a : 0x0a)).putShort((short) (Math.min(i, 3) * 320));
            packet.flip();
            to.sendRtp(packet);
        }
    }

    private void play(MediaPort to, boolean first) {
        ByteBuffer packet = ByteBuffer.allocate(12 + SAMPLES + 64);
        packet.put((byte) 0x80).put((byte) (payloadType | (first ? 0x80 : 0)));
        packet.putShort((short) sequence++).putInt(timestamp).putInt(ssrc);
        for (int i = 0; i < SAMPLES; i++) {
            packet.put(law.encode(second[(phase + i) % RATE]));
        }
        phase = (phase + SAMPLES) % RATE;
        packet.flip();
        reports(to, ssrc).sent(timestamp, SAMPLES);
        timestamp += SAMPLES;
        to.sendRtp(packet);
        due += PACKET_NANOS;
        timer = plane.loop().schedule(Duration.ofNanos(due - plane.loop().nanoTime()), () -> play(to, false));
    }

    @Override
    void stop() {
        if (timer != null) {
            timer.cancel();
        }
        super.stop();
    }
}
