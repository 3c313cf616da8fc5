// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

import com.techpro.callclient.testkit.pbx.fault.MediaFigures.Handshake;
import com.techpro.callclient.testkit.pbx.fault.MediaFigures.Loss;
import com.techpro.callclient.testkit.pbx.fault.MediaFigures.Pattern;
import com.techpro.callclient.testkit.pbx.fault.MediaFigures.Stream;
import java.time.Duration;
import java.util.List;
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
 * <p>On the way packets are dropped, held back and sent again, never changed, so that SRTP stays valid. What is lost, overtaken or duplicated there are RTP packets: speech and keys. Delay,
 * jitter and silence are of RTCP too. Checks of ICE pass as they are.
 *
 * <p>What is said goes wrong before it is encrypted, as with a bad gateway: {@link #loseKeys}, {@link #doubleKeys}, {@link #drift} and {@link #changeCodec} leave no gap in sequence numbers.
 * Keys are those of the dial pad, as telephone events (RFC 4733); those in INFO requests go wrong by {@code faults.onRequest("INFO")}. The keys of SRTP go wrong by {@link #loseHandshake} and
 * {@link #doubleHandshake}, where they come by DTLS, and by {@link PhoneMediaFaults#tellSrtpKey}, where they come by SDES.
 *
 * <p>Each call counts for itself; what is left to chance depends on the PBX's random numbers. What two phones send each other directly the PBX does not touch.
 *
 * <p>Callable from any thread; works from the next packet on, also in calls that there are. What is under way when a delay ends still arrives, in its order.
 */
public final class MediaImpairment {
    private final Random seeds;
    private final LongAdder packets = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder keysLost = new LongAdder();
    private final LongAdder keysDoubled = new LongAdder();
    private final LongAdder recoded = new LongAdder();
    /** Drawn when something goes wrong for the first time, so that a PBX without faults leaves to chance what it did. */
    private @Nullable Random dice;

    /** Written last: who reads it sees the dice. */
    private volatile MediaFigures figures = MediaFigures.NONE;

    private volatile boolean bad;
    private volatile boolean changingStream;

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

    /**
     * Loses that share of the keys that are pressed, each whole, whatever became of the others: as a gateway does that takes them for speech.
     *
     * @throws IllegalArgumentException if it is not 0 to 1
     */
    public MediaImpairment loseKeys(double share) {
        return changeStream(now -> new Stream(share, now.doubledKeys(), now.drift(), now.codec()));
    }

    /**
     * Lets that share of the keys that are pressed arrive twice: as a second key press of its own right behind the first, with another timestamp. Of keys that are to be lost none is doubled.
     *
     * @throws IllegalArgumentException if it is not 0 to 1
     */
    public MediaImpairment doubleKeys(double share) {
        return changeStream(now -> new Stream(now.lostKeys(), share, now.drift(), now.codec()));
    }

    /**
     * Lets the stream's clock be faster than that of who hears it by that share: 0.001 is 0.1 %, below 0 it is slower. Packets come at another pace under timestamps that count on. What cannot be had
     * from a source of the right pace is made up: a packet of a fast one is said again, one of a slow one left out, one in a thousand at 0.1 %. A fast one is late by up to one packet. Reports go with it.
     *
     * @throws IllegalArgumentException if it is not -0.05 to 0.05
     */
    public MediaImpairment drift(double faster) {
        return changeStream(now -> new Stream(now.lostKeys(), now.doubledKeys(), faster, now.codec()));
    }

    /**
     * Puts speech into another codec from the next packet on, under that one's payload type, without a word of signalling. It has to be in the last description of who hears it: a phone's own offer or answer,
     * or what the PBX told of the far end. It also has to have packets of the length that is spoken. Else nothing changes, and {@link #recoded} stays 0.
     *
     * <p>Opus has another RTP clock than G.711 and G.722. Timestamps then go on at its pace from where they are, under the same SSRC, and go on from there once it is changed back. Keys keep
     * their payload type; what comes out of order meanwhile is lost.
     *
     * @param encodingName as in {@code a=rtpmap}, such as {@code PCMA} or {@code opus}, in any case of letters; empty for the codec that is spoken
     */
    public MediaImpairment changeCodec(String encodingName) {
        return changeStream(now -> new Stream(now.lostKeys(), now.doubledKeys(), now.drift(), encodingName.trim()));
    }

    /**
     * Loses the first datagrams of each handshake of DTLS: keys come once what was lost is said again. RFC 6347 §4.2.4.1 has that a second later, and then after twice as long each time;
     * many begin sooner.
     *
     * @param datagrams of each handshake; 100 are more than any has before it is given up
     * @throws IllegalArgumentException if they are not 0 to 100
     */
    public MediaImpairment loseHandshake(int datagrams) {
        return change(now -> now.with(new Handshake(datagrams, now.handshake().doubled())));
    }

    /** Lets each datagram of handshakes of DTLS arrive twice while on, as a network does that repeats. */
    public MediaImpairment doubleHandshake(boolean on) {
        return change(now -> now.with(new Handshake(now.handshake().lost(), on)));
    }

    /** Lets nothing go wrong any more, and counts from 0 again. */
    public synchronized void clear() {
        bad = false;
        changingStream = false;
        figures = MediaFigures.NONE;
        for (LongAdder count : List.of(packets, lost, keysLost, keysDoubled, recoded)) {
            count.reset();
        }
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

    /** How many keys were lost by {@link #loseKeys}. Never waits. */
    public long keysLost() {
        return keysLost.sum();
    }

    /** How many keys came twice by {@link #doubleKeys}. Never waits. */
    public long keysDoubled() {
        return keysDoubled.sum();
    }

    /** How many packets were put into another codec by {@link #changeCodec}. Never waits. */
    public long recoded() {
        return recoded.sum();
    }

    private MediaImpairment changeStream(UnaryOperator<Stream> to) {
        return change(now -> now.with(to.apply(now.stream())));
    }

    private synchronized MediaImpairment change(UnaryOperator<MediaFigures> to) {
        MediaFigures changed = to.apply(figures);
        if (dice == null) {
            dice = new Random(seeds.nextLong());
        }
        figures = changed;
        changingStream = changed.stream().isBad();
        bad = changed.isBad();
        return this;
    }

    /** Whether anything goes wrong. For the PBX, on its media loop. */
    public boolean isBad() {
        return bad;
    }

    /** Whether anything goes wrong before packets are encrypted. For the PBX, on its media loop. */
    public boolean changesStream() {
        return changingStream;
    }

    /** Counts a key that was lost. For the PBX, on its media loop. */
    public void countLostKey() {
        keysLost.increment();
    }

    /** Counts a key that came twice. For the PBX, on its media loop. */
    public void countDoubledKey() {
        keysDoubled.increment();
    }

    /** Counts a packet that was put into another codec. For the PBX, on its media loop. */
    public void countRecoded() {
        recoded.increment();
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
