// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.testkit.pbx.fault.MediaFigures;
import com.techpro.callclient.testkit.pbx.fault.MediaImpairment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Applies impairments to the content of one direction of a port, before encryption: DTMF, codec and
 * clock. It renumbers sequence numbers and timestamps, so that omitted or repeated packets do not
 * show. The renumbering stays when impairments end. Media loop only, except {@link #expect}.
 */
final class ImpairedStream {
    private static final int HEADER = 12;
    private static final int KEY_LENGTH = 4;
    private static final int ROOM_FOR_SRTP = 64;
    /** RFC 4733 §2.5.1.4: the end of an event is sent three times. */
    private static final int ENDS = 3;

    private static final int USUAL_CLOCK_RATE = 8_000;
    private static final int SENDER_REPORT = 200;

    private final MediaImpairment impairment;
    private final Scheduler loop;
    private final Next next;
    private final ClockDrift drift = new ClockDrift();
    /** Held-back packets, in order. */
    private final Deque<Held> underWay = new ArrayDeque<>();

    private volatile DescribedFormats formats = DescribedFormats.NONE;
    private @Nullable Timer arrival;
    private @Nullable Recoder recoder;

    /** The shifts of other streams: one that returns after music on hold continues with its own. */
    private final Map<Integer, Shift> counted = new HashMap<>();

    private boolean begun;
    private int source;
    private int highest;
    private int sequenceShift;
    private int timestampShift;
    /** Maps timestamps to a codec with another clock; applied after the shift. */
    private @Nullable ClockScale scale;

    private boolean shifted;
    /** Where the numbering last changed; older packets are too late. */
    private int shiftedAt;

    private boolean spoken;
    private int lastSpoken;

    private boolean inKey;
    private int keyTimestamp;
    private boolean keyLost;
    /** Whether the copy of the digit is still to be sent. */
    private boolean keyAwaitsCopy;

    private boolean keyCopied;
    private int keyEnds;
    private final byte[] key = new byte[HEADER + KEY_LENGTH];

    /** The next stage; it keeps no buffer and may change it. */
    interface Next {
        void pass(ByteBuffer packet);
    }

    private record Held(ByteBuffer packet, long due) {}

    private record Shift(
            int sequence, int timestamp, @Nullable ClockScale scale) {}

    ImpairedStream(MediaImpairment impairment, Scheduler loop, Next next) {
        this.impairment = impairment;
        this.loop = loop;
        this.next = next;
    }

    /** Sets the payload types as the receiver's SDP describes them. From any thread. */
    void expect(Sdp.Section described) {
        formats = DescribedFormats.of(described);
    }

    /** Forwards a packet or impairs it. Reads it, and may change it, before returning. */
    void rtp(ByteBuffer packet) {
        boolean untouched = !impairment.changesStream() && !shifted && counted.isEmpty() && underWay.isEmpty();
        if (untouched || packet.remaining() < HEADER) {
            begun &= !untouched;
            next.pass(packet);
            return;
        }
        int at = packet.position();
        int sequence = packet.getShort(at + 2) & 0xffff;
        if (!begun || packet.getInt(at + 8) != source) {
            begin(packet.getInt(at + 8), sequence);
        }
        if ((short) (sequence - highest) <= 0) {
            if (scale == null && (!shifted || (short) (sequence - shiftedAt) >= 0)) {
                send(packet, 0);
            }
            return;
        }
        boolean inOrder = (short) (sequence - highest) == 1;
        highest = sequence;
        if (formats.isKey(packet.get(at + 1) & 0x7f)) {
            key(packet, sequence);
        } else {
            inKey = false;
            copyKey(highest - 1);
            speech(packet, sequence, inOrder);
        }
    }

    /** Forwards RTCP, adjusted to the stream's renumbering. */
    void rtcp(ByteBuffer compound, Next to) {
        int at = compound.position();
        if (shifted
                && compound.remaining() >= 28
                && (compound.get(at + 1) & 0xff) == SENDER_REPORT
                && compound.getInt(at + 4) == source) {
            compound.putInt(at + 16, newTimestamp(compound.getInt(at + 16)));
            compound.putInt(at + 20, compound.getInt(at + 20) + sequenceShift);
        }
        to.pass(compound);
    }

    private void begin(int from, int sequence) {
        if (shifted) {
            counted.put(source, new Shift(sequenceShift, timestampShift, scale));
        }
        Shift before = counted.remove(from);
        begun = true;
        source = from;
        highest = sequence - 1;
        sequenceShift = before == null ? 0 : before.sequence;
        timestampShift = before == null ? 0 : before.timestamp;
        scale = before == null ? null : before.scale;
        shifted = before != null;
        shiftedAt = sequence;
        spoken = false;
        inKey = false;
        keyAwaitsCopy = false;
        recoder = null;
        drift.reset();
    }

    private void key(ByteBuffer packet, int sequence) {
        int at = packet.position();
        int payload = payloadOf(packet);
        if (packet.limit() - payload < KEY_LENGTH) {
            send(packet, 0);
            return;
        }
        if (!inKey || packet.getInt(at + 4) != keyTimestamp) {
            copyKey(highest - 1);
            beginKey(packet.getInt(at + 4));
        }
        if (keyLost || keyCopied) {
            leaveOut(sequence, 0);
            return;
        }
        packet.duplicate().get(key, 0, HEADER);
        packet.duplicate().position(payload).get(key, HEADER, KEY_LENGTH);
        keyEnds += (key[HEADER + 1] & 0x80) != 0 ? 1 : 0;
        send(packet, 0);
        if (keyEnds == ENDS) {
            copyKey(highest);
        }
    }

    private void beginKey(int timestamp) {
        MediaFigures.Stream figures = impairment.figures().stream();
        inKey = true;
        keyTimestamp = timestamp;
        keyEnds = 0;
        keyCopied = false;
        keyLost = happens(figures.lostKeys());
        keyAwaitsCopy = !keyLost && happens(figures.doubledKeys());
        if (keyLost) {
            impairment.countLostKey();
        }
    }

    /**
     * Sends a whole digit in as few packets as possible: its beginning, and its end with the usual
     * repetitions.
     *
     * @param behind the sequence number before it
     */
    private void copyKey(int behind) {
        if (!keyAwaitsCopy) {
            return;
        }
        keyAwaitsCopy = false;
        keyCopied = true;
        impairment.countDoubledKey();
        ByteBuffer copy = ByteBuffer.allocate(key.length + ROOM_FOR_SRTP);
        int duration = ((key[HEADER + 2] & 0xff) << 8) | (key[HEADER + 3] & 0xff);
        for (int i = 0; i <= ENDS; i++) {
            copy.clear();
            copy.put(key).flip();
            copy.put(0, (byte) 0x80).put(1, (byte) ((i == 0 ? 0x80 : 0) | (key[1] & 0x7f)));
            copy.putShort(2, (short) behind).putInt(4, keyTimestamp + Math.max(1, duration - 1));
            copy.put(HEADER + 1, (byte) ((i == 0 ? 0 : 0x80) | (key[HEADER + 1] & 0x7f)));
            shift(1, 0, behind + 1);
            send(copy, 0);
        }
    }

    private void speech(ByteBuffer packet, int sequence, boolean inOrder) {
        MediaFigures.Stream figures = impairment.figures().stream();
        int at = packet.position();
        int timestamp = packet.getInt(at + 4);
        int step = spoken && inOrder ? timestamp - lastSpoken : 0;
        spoken = true;
        lastSpoken = timestamp;
        PayloadFormat format = formats.speech(packet.get(at + 1) & 0x7f);
        ByteBuffer said = format == null ? packet : recoded(packet, format, figures.codec());
        if (figures.drift() == 0) {
            drift.reset();
            send(said, 0);
            return;
        }
        int rate = format == null ? USUAL_CLOCK_RATE : format.codec().clockRate();
        // More than 200 ms is a pause.
        long length = step > 0 && step <= rate / 5 ? step * 1_000_000_000L / rate : 0;
        if (drift.slips(figures.drift(), loop.nanoTime(), length)) {
            if (figures.drift() < 0) {
                leaveOut(sequence, step);
                return;
            }
            send(copyOf(said), 0);
            said.put(said.position() + 1, (byte) (said.get(said.position() + 1) & 0x7f));
            shift(1, step, sequence);
        }
        send(said, drift.holdNanos(figures.drift()));
    }

    private ByteBuffer recoded(ByteBuffer packet, PayloadFormat format, String codec) {
        PayloadFormat named = codec.isEmpty() ? null : formats.named(codec, format);
        PayloadFormat other = format.equals(named) ? null : named;
        recoder = other == null ? null : recoder;
        ByteBuffer changed = other == null ? null : recoded(packet, format, other);
        int timestamp = packet.getInt(packet.position() + 4);
        if (other == null || changed == null) {
            rescale(format, format, timestamp);
            return packet;
        }
        rescale(format, other, timestamp);
        impairment.countRecoded();
        return changed;
    }

    private @Nullable ByteBuffer recoded(ByteBuffer packet, PayloadFormat format, PayloadFormat other) {
        Recoder used = recoder;
        if (used == null || !used.isBetween(format, other)) {
            used = new Recoder(format, other);
            recoder = used;
        }
        int payload = payloadOf(packet);
        return used.recoded(packet, payload, packet.limit() - payload);
    }

    /** Continues a format's timestamps in the clock of another from this timestamp on. */
    private void rescale(PayloadFormat format, PayloadFormat other, int timestamp) {
        int from = format.codec().clockRate();
        int to = other.codec().clockRate();
        ClockScale before = scale;
        if (before == null ? from == to : before.isBetween(from, to)) {
            return;
        }
        int shiftedTimestamp = timestamp + timestampShift;
        int now = newTimestamp(timestamp);
        shifted = true;
        shiftedAt = highest;
        if (from == to) {
            timestampShift += now - shiftedTimestamp;
            scale = null;
        } else {
            scale = new ClockScale(from, to, shiftedTimestamp, now);
        }
    }

    private int newTimestamp(int timestamp) {
        int shiftedTimestamp = timestamp + timestampShift;
        ClockScale clocks = scale;
        return clocks == null ? shiftedTimestamp : clocks.of(shiftedTimestamp);
    }

    private static int payloadOf(ByteBuffer packet) {
        int at = packet.position();
        int begin = at + HEADER + 4 * (packet.get(at) & 0xf);
        if ((packet.get(at) & 0x10) != 0 && begin + 4 <= packet.limit()) {
            begin += 4 + 4 * (packet.getShort(begin + 2) & 0xffff);
        }
        return Math.min(begin, packet.limit());
    }

    private void leaveOut(int sequence, int step) {
        shift(-1, -step, sequence + 1);
    }

    private void shift(int packets, int units, int at) {
        sequenceShift += packets;
        timestampShift += units;
        shifted = true;
        shiftedAt = at;
    }

    private void send(ByteBuffer packet, long hold) {
        int at = packet.position();
        packet.putShort(at + 2, (short) (packet.getShort(at + 2) + sequenceShift));
        packet.putInt(at + 4, newTimestamp(packet.getInt(at + 4)));
        if (hold <= 0 && underWay.isEmpty()) {
            next.pass(packet);
            return;
        }
        underWay.addLast(new Held(copyOf(packet), loop.nanoTime() + Math.max(0, hold)));
        awaitArrival();
    }

    private void awaitArrival() {
        Held first = underWay.peekFirst();
        if (arrival == null && first != null) {
            arrival = loop.schedule(Duration.ofNanos(Math.max(0, first.due - loop.nanoTime())), this::arrive);
        }
    }

    private void arrive() {
        arrival = null;
        try {
            long now = loop.nanoTime();
            for (Held first = underWay.peekFirst();
                    first != null && first.due - now <= 0;
                    first = underWay.peekFirst()) {
                underWay.removeFirst();
                next.pass(first.packet);
            }
        } finally {
            awaitArrival();
        }
    }

    private boolean happens(double chance) {
        return chance > 0 && impairment.roll() < chance;
    }

    private static ByteBuffer copyOf(ByteBuffer packet) {
        ByteBuffer copy = ByteBuffer.allocate(packet.remaining() + ROOM_FOR_SRTP);
        copy.put(packet.duplicate()).flip();
        return copy;
    }

    /** Stops delivering packets. */
    void close() {
        underWay.clear();
        if (arrival != null) {
            arrival.cancel();
        }
    }
}
