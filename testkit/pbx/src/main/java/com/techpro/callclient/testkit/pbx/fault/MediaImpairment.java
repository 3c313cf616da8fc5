// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

import com.techpro.callclient.testkit.pbx.fault.MediaFigures.Loss;
import com.techpro.callclient.testkit.pbx.fault.MediaFigures.Pattern;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong on purpose with the sound that goes one way between the PBX and the phones of an extension. Kinds of trouble add up; setting one takes the place of
 * what was set of that kind:
 *
 * <pre>
 *   pbx.faults().media("1001").toPhone().loseInBursts(0.05, 3).delay(Duration.ofMillis(80));
 * </pre>
 *
 * <p>Packets are dropped, held back and sent again, never changed, so that SRTP stays valid. What is lost, overtaken or duplicated are RTP packets: speech and keys. Delay,
 * jitter and silence are of RTCP too. Checks of ICE and handshakes of DTLS pass as they are. Each call counts for itself; what is left to chance depends on the PBX's random
 * numbers. What two phones send each other directly the PBX does not touch.
 *
 * <p>Callable from any thread; works from the next packet on, also in calls that there are. What is under way when a delay ends still arrives, in its order.
 */
public final class MediaImpairment {
    private final Random seeds;
    private final LongAdder packets = new LongAdder();
    private final LongAdder lost = new LongAdder();
    /** Drawn when something goes wrong for the first time, so that a PBX without faults leaves to chance what it did. */
    private @Nullable Random dice;

    /** Written last: who reads it sees the dice. */
    private volatile MediaFigures figures = MediaFigures.NONE;

    private volatile boolean bad;

    MediaImpairment(Random seeds) {
        this.seeds = seeds;
    }

    /**
     * Loses that share of packets, each whatever became of the others.
     *
     * @throws IllegalArgumentException if it is not 0 to 1
     */
    public MediaImpairment lose(double share) {
        return change(now -> now.with(new Loss(Pattern.AT_RANDOM, share, 1)));
    }

    /**
     * Loses that share of packets evenly: of 0.05 exactly each twentieth.
     *
     * @throws IllegalArgumentException if it is not 0 to 1
     */
    public MediaImpairment loseEvenly(double share) {
        return change(now -> now.with(new Loss(Pattern.EVENLY, share, 1)));
    }

    /**
     * Loses that share of packets, so many in a row each time. When depends on chance.
     *
     * @param count 1 to 1000
     * @throws IllegalArgumentException if the share is not 0 to 1, or the count out of its bounds
     */
    public MediaImpairment loseInBursts(double share, int count) {
        return change(now -> now.with(new Loss(Pattern.IN_BURSTS, share, count)));
    }

    /**
     * Lets each packet arrive later by that.
     *
     * @throws IllegalArgumentException if it is not 0 to 60 s
     */
    public MediaImpairment delay(Duration by) {
        return change(now -> now.withDelay(by));
    }

    /**
     * Lets each packet arrive later by up to that, as chance has it; none overtakes another.
     *
     * @throws IllegalArgumentException if it is not 0 to 60 s
     */
    public MediaImpairment jitter(Duration most) {
        return change(now -> now.withJitter(most));
    }

    /**
     * Lets that share of packets be overtaken by the packet behind them; by none if that does not come within 100 ms.
     *
     * @throws IllegalArgumentException if it is not 0 to 0.5: two packets take part each time
     */
    public MediaImpairment reorder(double share) {
        return change(now -> now.withReordered(share));
    }

    /**
     * Lets that share of packets arrive twice, one copy behind the other. A receiver of SRTP takes one of them, and so does the PBX: what a phone sends twice comes to the
     * other phone once then.
     *
     * @throws IllegalArgumentException if it is not 0 to 1
     */
    public MediaImpairment duplicate(double share) {
        return change(now -> now.withDuplicated(share));
    }

    /** Lets nothing pass while on, RTCP neither: a call with sound one way only. */
    public MediaImpairment silence(boolean on) {
        return change(now -> now.withSilence(on));
    }

    /** Lets nothing go wrong any more, and counts from 0 again. */
    public synchronized void clear() {
        bad = false;
        figures = MediaFigures.NONE;
        packets.reset();
        lost.reset();
    }

    /** What goes wrong now. */
    public MediaFigures figures() {
        return figures;
    }

    /** How many RTP packets came this way while something was to go wrong, those included that were lost. Never waits. */
    public long packets() {
        return packets.sum();
    }

    /** How many of those {@link #packets} were lost on purpose. Never waits. */
    public long lost() {
        return lost.sum();
    }

    private synchronized MediaImpairment change(UnaryOperator<MediaFigures> to) {
        MediaFigures changed = to.apply(figures);
        if (dice == null) {
            dice = new Random(seeds.nextLong());
        }
        figures = changed;
        bad = changed.isBad();
        return this;
    }

    /** Whether anything goes wrong. For the PBX, on its media loop. */
    public boolean isBad() {
        return bad;
    }

    /** Counts an RTP packet. For the PBX, on its media loop. */
    public void count(boolean wasLost) {
        packets.increment();
        if (wasLost) {
            lost.increment();
        }
    }

    /** A number from 0 to 1, below 1. For the PBX, on its media loop. */
    public double roll() {
        Random rolled = dice;
        return rolled == null ? 0 : rolled.nextDouble();
    }
}
