// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.playout;

import com.techpro.callclient.stack.media.codec.Decoder;
import com.techpro.callclient.stack.media.playout.PacketBuffer.Packet;
import com.techpro.callclient.stack.media.quality.ReceptionLog;
import org.jspecify.annotations.Nullable;

/**
 * Decides when each packet is due, and in what order. Times and lengths are in units of the RTP
 * clock and may wrap; only differences count.
 *
 * <p>A packet's <em>transit</em> is its arrival less its timestamp. The <em>playing delay</em> is
 * the time of playing less the timestamp. A packet is in time if its transit is no more than the
 * playing delay. The buffer keeps the playing delay a little above the transit of all but the
 * slowest packets: it asks for speech to be expanded or accelerated ({@link #correction}). That
 * follows both the network's jitter and the far end's clock.
 *
 * <pre>
 *   FILLING --(delay long enough)--> PLAYING --(nothing there)--> UNDERRUN --(packet, soon)--> PLAYING
 *      ^                                                             |
 *      +---------------(packet, after a long underrun)---------------+
 * </pre>
 *
 * <p>During an underrun the cursor stands still. A late packet is played, not dropped, and the
 * delay grows by the wait. If a later packet shows that the due one was lost, its time is given up
 * at once.
 */
public final class JitterBuffer {
    private static final int CAPACITY = PacketBuffer.CAPACITY;
    private static final byte[] NOTHING = {};
    /** An underrun longer than this is a long one, after which the buffer fills anew. */
    private static final int LONG_UNDERRUN_MILLIS = 60;
    /** A smaller step of the timestamp may be rounding. */
    private static final int LEAST_LEFT_OUT_MILLIS = 3;
    /** Speech after a silence may wait this long for its margin. */
    private static final int LATE_AFTER_SILENCE_MILLIS = 80;
    /** A timestamp further off than this is another timeline. */
    private static final int DISCONTINUITY_MILLIS = 10_000;

    private enum State {
        FILLING,
        PLAYING,
        UNDERRUN
    }

    /** What is due. */
    enum Due {
        /** {@link #packet} is. */
        PACKET,
        /** {@link #gap} units are, which were lost. */
        GAP,
        /** Nothing has come yet. */
        NOTHING
    }

    private final PacketBuffer waiting = new PacketBuffer();
    private final PlayingDelay delay = new PlayingDelay();
    private final ReceptionLog reception;
    /** In units of the RTP clock. */
    private int millisecond;

    private State state = State.FILLING;
    private boolean started;
    /** Whether the next packet is of the same source, over the same path. */
    private boolean paused;

    /** Whether a stall goes on until the next packet is played. */
    private boolean afterStall;

    private int expectedSequence;
    /** The number of packets played before it, up to the capacity. */
    private int passed;
    /** The timestamp due next. */
    private int cursor;

    private int underrun;
    private int gap;
    private Packet packet = new Packet();

    private long late;
    private long duplicate;
    private long lateUnits;
    private long underrunOfLost;

    JitterBuffer(int clockRate, ReceptionLog reception) {
        millisecond = clockRate / 1000;
        this.reception = reception;
    }

    /**
     * Takes a packet without sound, which has only its place in the sequence: it does not count as
     * lost.
     */
    public void pass(int sequence, int timestamp, int arrival) {
        insert(sequence, timestamp, arrival, 0, null, NOTHING, 0, 0);
    }

    /**
     * Takes a packet of the stream, in any order.
     *
     * @param arrival when it came
     * @param duration of its sound, at most {@link Playout#LONGEST_PACKET_MILLIS}
     * @param decoder of the payload; null as in {@link #pass}
     */
    public void insert(
            int sequence,
            int timestamp,
            int arrival,
            int duration,
            @Nullable Decoder decoder,
            byte[] payload,
            int from,
            int length) {
        // An event's timestamp may have its own base, and does not tell when sound is due.
        if (!started
                || (decoder != null
                        && Math.abs((long) (timestamp - cursor)) > (long) DISCONTINUITY_MILLIS * millisecond)) {
            restart(sequence, timestamp);
        }
        if (!waiting.isNew(sequence)) {
            duplicate++;
            return;
        }
        int ahead = (short) (sequence - expectedSequence);
        if (ahead < 0) {
            if (state == State.FILLING && -ahead < CAPACITY / 2 && waiting.at(sequence + CAPACITY) == null) {
                // Overtaken before playing began: begin with it.
                expectedSequence = sequence;
                ahead = 0;
            } else {
                late++;
                if (decoder != null) {
                    reception.discarded(sequence);
                }
                learn(timestamp, arrival, decoder);
                return;
            }
        }
        if (ahead >= CAPACITY) {
            giveUpTo(sequence - CAPACITY + 1);
        }
        learn(timestamp, arrival, decoder);
        waiting.put(sequence, timestamp, arrival, decoder, duration, payload, from, length);
    }

    /**
     * Takes the copy of a packet that a later one holds (RFC 2198), unless the packet itself has
     * arrived. Insert the later one first. A copy may be late, as a packet may; but the delay must
     * not grow by more than its duration.
     *
     * @param timestamp of the copy
     * @param offset by how much the packet that held it is later
     */
    public void insertCopy(
            int sequence,
            int timestamp,
            int arrival,
            int duration,
            int offset,
            Decoder decoder,
            byte[] payload,
            int from,
            int length) {
        int ahead = (short) (sequence - expectedSequence);
        if (!started || ahead >= CAPACITY || waiting.hasSeen(sequence) || waiting.at(sequence) != null) {
            return;
        }
        int over = cursor + (state == State.UNDERRUN ? underrun : 0) - timestamp;
        if (ahead < 0 || timestamp - cursor < 0 || over > duration) {
            if (state != State.FILLING && -ahead <= passed) {
                delay.waitForRedundancy(offset);
            }
            return;
        }
        Packet before = waiting.at(sequence - 1);
        Packet after = waiting.at(sequence + 1);
        if ((before == null || before.timestamp + before.duration - timestamp <= 0)
                && (after == null || timestamp + duration - after.timestamp <= 0)) {
            waiting.put(sequence, timestamp, arrival, decoder, duration, payload, from, length).offset = offset;
        }
    }

    /** Forgets the stream: the next packet begins another, of this clock rate. */
    void clear(int clockRate) {
        int before = millisecond;
        millisecond = clockRate / 1000;
        lateUnits = lateUnits * millisecond / before;
        underrunOfLost = underrunOfLost * millisecond / before;
        waiting.clear();
        started = false;
        paused = false;
        afterStall = false;
        state = State.FILLING;
    }

    /**
     * Forgets the stream, as its packets were held up and come late. What was made up meanwhile
     * counts as late sound. So does what is made up until the first of them is played.
     *
     * @param leftOut the part that is the sender's own silence
     */
    public void stalled(int leftOut) {
        if (state == State.UNDERRUN) {
            lateUnits += Math.max(0, underrun - leftOut);
        }
        clear(millisecond * 1000);
        afterStall = true;
    }

    /** Forgets the sound but not the jitter: the stream goes on later. */
    void pause() {
        waiting.clear();
        paused |= started;
        afterStall = false;
        started = false;
        state = State.FILLING;
    }

    /** Whether the buffer holds so much sound without a gap that it can be played early. */
    boolean holds(int units) {
        int sum = 0;
        Packet next = state == State.PLAYING ? waiting.at(expectedSequence) : null;
        for (int i = 1; next != null && sum < units; i++) {
            sum += next.duration;
            next = waiting.at(expectedSequence + i);
        }
        return sum >= units;
    }

    /** Returns what is due at a time, and moves past it. */
    Due next(int now) {
        skipUnheard();
        Packet first = waiting.heardFrom(expectedSequence);
        if (first == null) {
            return nothing();
        }
        switch (state) {
            case FILLING -> {
                if (!delay.isLongEnough(now, first.timestamp)) {
                    return Due.NOTHING;
                }
                start(first);
            }
            case UNDERRUN -> {
                if (underrun > LONG_UNDERRUN_MILLIS * millisecond && !delay.isLongEnough(now, first.timestamp)) {
                    return Due.NOTHING;
                }
                resume(first);
            }
            case PLAYING -> {}
        }
        if (isSpurtTooEarly(now, first)) {
            return Due.NOTHING;
        }
        first = skipExcess(now, first);
        if (first.sequence != expectedSequence) {
            waitForRedundancy(first);
        }
        int missing = first.timestamp - cursor;
        if (missing > 0 && first.sequence != expectedSequence) {
            gap = missing;
            return Due.GAP;
        }
        // In sequence: the sender left out a silence, or reset its clock.
        take(first);
        delay.played(now, first.timestamp);
        return Due.PACKET;
    }

    /** After a silence that the sender left out, speech waits for its margin. Nobody hears that. */
    private boolean isSpurtTooEarly(int now, Packet first) {
        return first.sequence == expectedSequence
                && first.timestamp - cursor >= LEAST_LEFT_OUT_MILLIS * millisecond
                && delay.isSettled()
                && !delay.isLongEnough(now, first.timestamp);
    }

    private void waitForRedundancy(Packet afterLoss) {
        Decoder decoder = afterLoss.decoder;
        if (decoder != null && decoder.hasRedundancy(afterLoss.payload, 0, afterLoss.length)) {
            delay.waitForRedundancy(afterLoss.duration);
        }
    }

    /** The packet that is due; valid until the next call of {@link #next}. */
    Packet packet() {
        return packet;
    }

    /** The length of the gap that is due. */
    int gap() {
        return gap;
    }

    /** The first packet after the gap, which may hold redundancy for it. */
    @Nullable
    Packet afterGap() {
        return waiting.heardFrom(expectedSequence);
    }

    /** This much of the gap was concealed or recovered. */
    void concealed(int units) {
        cursor += units;
    }

    /** This much was concealed while nothing was due. */
    void underran(int units) {
        if (state == State.UNDERRUN) {
            underrun += units;
        } else if (afterStall) {
            lateUnits += units;
        }
    }

    /**
     * Call it once after each packet: 1 to expand speech, -1 to accelerate it, 0 to leave it alone.
     * Acceleration is slower, as there is no hurry.
     */
    int correction() {
        return state == State.PLAYING ? delay.correction() : 0;
    }

    /**
     * Call it once after each packet: returns how much of it can be cut if it is silent.
     *
     * @param ready the sound of earlier packets that still waits to be fetched
     */
    int spare(int ready) {
        return state == State.PLAYING ? delay.spare(ready) : 0;
    }

    /** Packets that arrived after their time, or were skipped to catch up. */
    public long late() {
        return late;
    }

    public long duplicate() {
        return duplicate;
    }

    /** The sound that was due and missing because packets came late. */
    long lateUnits() {
        return lateUnits;
    }

    /** The sound that was due during underruns and missing because packets were lost. */
    long underrunOfLost() {
        return underrunOfLost;
    }

    int held() {
        return waiting.held();
    }

    private void learn(int timestamp, int arrival, @Nullable Decoder decoder) {
        if (decoder != null) {
            delay.arrived(timestamp, arrival);
        }
    }

    private void restart(int sequence, int timestamp) {
        waiting.forget();
        delay.begin(millisecond, paused);
        paused = false;
        started = true;
        state = State.FILLING;
        underrun = 0;
        passed = 0;
        expectedSequence = sequence;
        cursor = timestamp;
    }

    /** Drops packets without sound from the front. */
    private void skipUnheard() {
        for (Packet front = waiting.at(expectedSequence);
                front != null && front.decoder == null;
                front = waiting.at(expectedSequence)) {
            waiting.release(expectedSequence);
            expectedSequence = expectedSequence + 1 & 0xFFFF;
        }
    }

    private Due nothing() {
        if (state == State.PLAYING) {
            state = State.UNDERRUN;
            underrun = 0;
        }
        return Due.NOTHING;
    }

    private void start(Packet first) {
        state = State.PLAYING;
        afterStall = false;
        cursor = first.timestamp;
        expectedSequence = first.sequence;
    }

    /** Finds the cause of the underrun from the packet that ended it. */
    private void resume(Packet first) {
        state = State.PLAYING;
        int skipped = first.timestamp - cursor;
        boolean inSequence = first.sequence == expectedSequence;
        int wasLost = inSequence ? 0 : Math.max(0, Math.min(underrun, skipped));
        // If timestamps skip time and numbers do not, the sender was silent (RFC 3551 §4.1). Then
        // only a longer wait than speech after a silence may have is missed sound.
        int over = underrun - skipped;
        int left = over > LATE_AFTER_SILENCE_MILLIS * millisecond ? over : 0;
        int waited = inSequence && skipped > 0 ? left : underrun - wasLost;
        cursor = inSequence ? first.timestamp : cursor + wasLost;
        underrunOfLost += wasLost;
        if (first.offset > 0) {
            // The packet was lost, too, and its copy is late.
            underrunOfLost += waited;
        } else {
            lateUnits += waited;
            if (inSequence) {
                delay.fetchedUnevenly();
            }
        }
        delay.underran();
        underrun = 0;
    }

    /** Drops the oldest packets if far more are held than needed. */
    private Packet skipExcess(int now, Packet first) {
        if (!delay.isFarTooLong(now, first.timestamp)) {
            return first;
        }
        Packet candidate = first;
        while (delay.isTooLong(now, candidate.timestamp)) {
            Packet following = waiting.heardFrom(candidate.sequence + 1);
            if (following == null) {
                break;
            }
            giveUpTo(following.sequence);
            candidate = following;
            cursor = candidate.timestamp;
        }
        return candidate;
    }

    private void take(Packet first) {
        giveUpTo(first.sequence);
        packet = waiting.take(first);
        if (first.offset > 0) {
            delay.waitForRedundancy(first.offset);
        }
        passed = Math.min(CAPACITY, passed + 1);
        expectedSequence = first.sequence + 1 & 0xFFFF;
        cursor = first.timestamp + first.duration;
    }

    private void giveUpTo(int sequence) {
        while (expectedSequence != (sequence & 0xFFFF)) {
            Packet old = waiting.at(expectedSequence);
            if (old != null) {
                if (old.decoder != null) {
                    cursor = old.timestamp + old.duration;
                    late++;
                    // The packet of a copy was lost.
                    if (old.offset == 0) {
                        reception.discarded(expectedSequence);
                    }
                }
                waiting.release(expectedSequence);
            } else if (waiting.held() == 0) {
                expectedSequence = sequence & 0xFFFF;
                return;
            }
            expectedSequence = expectedSequence + 1 & 0xFFFF;
        }
    }
}
