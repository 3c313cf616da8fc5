// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.ports.time.Timer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The RTCP of a stream that the PBX itself sends and receives (RFC 3550 §6.4). Sends sender reports
 * about its own stream, with a reception report about the device's. Media loop only.
 */
final class RtcpTerminal {
    /** Seconds from 1900, the NTP epoch, to 1970. */
    private static final long NTP_EPOCH = 2_208_988_800L;

    private static final int USUAL_CLOCK_RATE = 8000;

    private final Scheduler loop;
    private final MediaPort port;
    private final Random random;
    private final int ssrc;
    private final int clockRate;
    private final byte[] cname;
    private @Nullable Timer timer;

    private long packetsSent;
    private long octetsSent;
    private long lastSentAt;
    private int lastSentTimestamp;

    private boolean hearing;
    private int remoteSsrc;
    private long baseSequence;
    private long highestSequence;
    private long received;
    private long expectedBefore;
    private long receivedBefore;
    private long lastTransit;
    private double jitter;
    private int lastReport;
    private long lastReportAt;

    RtcpTerminal(Scheduler loop, MediaPort port, Random random, int ssrc) {
        this(loop, port, random, ssrc, USUAL_CLOCK_RATE);
    }

    /** @param clockRate of the timestamps in both directions */
    RtcpTerminal(Scheduler loop, MediaPort port, Random random, int ssrc, int clockRate) {
        this.clockRate = clockRate;
        this.loop = loop;
        this.port = port;
        this.random = random;
        this.ssrc = ssrc;
        // RFC 7022 §4.2: a CNAME that identifies nobody.
        this.cname = Long.toHexString(random.nextLong() | Long.MIN_VALUE).getBytes(StandardCharsets.US_ASCII);
    }

    void start() {
        if (timer == null) {
            scheduleReport();
        }
    }

    /** Stops with an RTCP BYE. */
    void stop() {
        if (timer != null) {
            timer.cancel();
            timer = null;
            port.sendRtcp(report(true));
        }
    }

    void sent(int timestamp, int octets) {
        packetsSent++;
        octetsSent += octets;
        lastSentTimestamp = timestamp;
        lastSentAt = loop.nanoTime();
    }

    /** Counts a packet from the device (RFC 3550 appendix A). */
    void received(ByteBuffer packet) {
        int at = packet.position();
        int sequence = packet.getShort(at + 2) & 0xffff;
        int timestamp = packet.getInt(at + 4);
        int source = packet.getInt(at + 8);
        long arrival = loop.nanoTime() / 1000 * clockRate / 1_000_000;
        long transit = arrival - (timestamp & 0xffff_ffffL);
        if (!hearing || source != remoteSsrc) {
            hearing = true;
            remoteSsrc = source;
            baseSequence = sequence;
            highestSequence = sequence;
            received = 0;
            expectedBefore = 0;
            receivedBefore = 0;
            jitter = 0;
        } else {
            short step = (short) (sequence - (int) highestSequence);
            highestSequence = Math.max(highestSequence, highestSequence + step);
            long difference = Math.abs((int) (transit - lastTransit));
            jitter += (difference - jitter) / 16;
        }
        lastTransit = transit;
        received++;
    }

    /** Reads the device's reports; only the time of the last sender report is used. */
    void reported(ByteBuffer compound) {
        int at = compound.position();
        if (compound.remaining() >= 28 && (compound.get(at + 1) & 0xff) == 200) {
            lastReport = compound.getInt(at + 10);
            lastReportAt = loop.nanoTime();
        }
    }

    private void scheduleReport() {
        // §6.2: randomised, so that reports do not synchronise.
        long millis = (long) (5000 * (0.5 + random.nextDouble()));
        timer = loop.schedule(Duration.ofMillis(millis), () -> {
            port.sendRtcp(report(false));
            scheduleReport();
        });
    }

    private ByteBuffer report(boolean bye) {
        ByteBuffer out = ByteBuffer.allocate(512);
        boolean sender = packetsSent > 0;
        int blocks = hearing ? 1 : 0;
        header(out, blocks, sender ? 200 : 201, (sender ? 6 : 1) + 6 * blocks);
        out.putInt(ssrc);
        if (sender) {
            Instant now = loop.now();
            long sinceSent = (loop.nanoTime() - lastSentAt) / 1000 * clockRate / 1_000_000;
            out.putInt((int) (now.getEpochSecond() + NTP_EPOCH));
            out.putInt((int) (((long) now.getNano() << 32) / 1_000_000_000L));
            out.putInt((int) (lastSentTimestamp + sinceSent));
            out.putInt((int) packetsSent);
            out.putInt((int) octetsSent);
        }
        if (hearing) {
            receptionReport(out);
        }
        int words = (4 + 2 + cname.length + 1 + 3) / 4;
        header(out, 1, 202, words);
        int chunk = out.position();
        out.putInt(ssrc).put((byte) 1).put((byte) cname.length).put(cname);
        while (out.position() < chunk + words * 4) {
            out.put((byte) 0);
        }
        if (bye) {
            header(out, 1, 203, 1);
            out.putInt(ssrc);
        }
        return out.flip();
    }

    private void receptionReport(ByteBuffer out) {
        long expected = highestSequence - baseSequence + 1;
        long lost = Math.max(-0x80_0000, Math.min(0x7f_ffff, expected - received));
        long expectedNow = expected - expectedBefore;
        long lostNow = expectedNow - (received - receivedBefore);
        expectedBefore = expected;
        receivedBefore = received;
        int fraction = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, lostNow * 256 / expectedNow);
        out.putInt(remoteSsrc);
        out.putInt(fraction << 24 | ((int) lost & 0xff_ffff));
        out.putInt((int) highestSequence);
        out.putInt((int) jitter);
        out.putInt(lastReport);
        out.putInt(lastReport == 0 ? 0 : (int) ((loop.nanoTime() - lastReportAt) / 1000 * 65_536 / 1_000_000));
    }

    private static void header(ByteBuffer out, int count, int type, int words) {
        out.put((byte) (0x80 | count)).put((byte) type).putShort((short) words);
    }
}
