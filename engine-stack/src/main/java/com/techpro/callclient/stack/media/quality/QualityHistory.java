// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.quality;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The quality of each of the last {@link #SECONDS} seconds. Immutable: {@link #with} gives a longer
 * one, which shares the arrays of this one, so that a second usually costs no copy. May be read from any
 * thread, if it was published safely; one thread at a time may add to it.
 */
public final class QualityHistory {
    /** Five minutes. */
    public static final int SECONDS = 300;

    public static final QualityHistory EMPTY = new QualityHistory(new Columns(0), 0, 0);

    private static final int LEAST_ROOM = 8;

    private final Columns columns;
    private final int from;
    private final int to;

    private QualityHistory(Columns columns, int from, int to) {
        this.columns = columns;
        this.from = from;
        this.to = to;
    }

    /**
     * The quality of one second.
     *
     * @param measured its end
     * @param lossPercent packets that did not arrive, of those expected in the last five seconds
     * @param jitter interarrival jitter (RFC 3550 §6.4.1)
     * @param roundTrip null before it was measured
     * @param bufferDelay what the jitter buffer added
     */
    public record Second(
            Instant measured,
            double mos,
            double lossPercent,
            Duration jitter,
            @Nullable Duration roundTrip,
            Duration bufferDelay) {}

    /** Returns this history and one more second; the oldest is left out once there are enough. */
    public QualityHistory with(Second second) {
        int begin = to - from == SECONDS ? from + 1 : from;
        if (to == columns.used && to < columns.mos.length) {
            columns.put(to, second);
            return new QualityHistory(columns, begin, to + 1);
        }
        int kept = to - begin;
        Columns room = new Columns(Math.max(LEAST_ROOM, Math.min(2 * SECONDS, 2 * kept + 1)));
        room.copy(columns, begin, kept);
        room.put(kept, second);
        return new QualityHistory(room, 0, kept + 1);
    }

    public int size() {
        return to - from;
    }

    /**
     * Returns a second, the oldest first.
     *
     * @throws IndexOutOfBoundsException if there is none of this number
     */
    public Second get(int number) {
        if (number < 0 || number >= size()) {
            throw new IndexOutOfBoundsException(number + " of " + size());
        }
        return columns.get(from + number);
    }

    @Override
    public String toString() {
        return "QualityHistory[" + size() + " s]";
    }

    /** One array a figure: a second takes 28 octets. Elements are written once. */
    private static final class Columns {
        private final long[] millis;
        private final float[] mos;
        private final float[] loss;
        private final int[] jitter;
        private final int[] roundTrip;
        private final int[] delay;
        /** Written so far. */
        private int used;

        Columns(int room) {
            millis = new long[room];
            mos = new float[room];
            loss = new float[room];
            jitter = new int[room];
            roundTrip = new int[room];
            delay = new int[room];
        }

        void put(int at, Second second) {
            Duration trip = second.roundTrip();
            millis[at] = second.measured().toEpochMilli();
            mos[at] = (float) second.mos();
            loss[at] = (float) second.lossPercent();
            jitter[at] = micros(second.jitter());
            roundTrip[at] = trip == null ? -1 : micros(trip);
            delay[at] = micros(second.bufferDelay());
            used = at + 1;
        }

        Second get(int at) {
            return new Second(
                    Instant.ofEpochMilli(millis[at]),
                    mos[at],
                    loss[at],
                    duration(jitter[at]),
                    roundTrip[at] < 0 ? null : duration(roundTrip[at]),
                    duration(delay[at]));
        }

        void copy(Columns other, int begin, int count) {
            System.arraycopy(other.millis, begin, millis, 0, count);
            System.arraycopy(other.mos, begin, mos, 0, count);
            System.arraycopy(other.loss, begin, loss, 0, count);
            System.arraycopy(other.jitter, begin, jitter, 0, count);
            System.arraycopy(other.roundTrip, begin, roundTrip, 0, count);
            System.arraycopy(other.delay, begin, delay, 0, count);
            used = count;
        }

        private static int micros(Duration duration) {
            return (int) Math.min(Integer.MAX_VALUE, duration.toNanos() / 1000);
        }

        private static Duration duration(int micros) {
            return Duration.ofNanos(micros * 1000L);
        }
    }
}
