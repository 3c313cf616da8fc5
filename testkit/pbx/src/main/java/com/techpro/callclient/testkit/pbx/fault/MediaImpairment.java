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
 * Impairs the media of one direction between the PBX and an extension's phones. Different
 * impairments add up; setting one again replaces it:
 *
 * <pre>
 *   pbx.faults().media("1001").toPhone().loseInBursts(0.05, 3).delay(Duration.ofMillis(80));
 * </pre>
 *
 * <p>In transit, packets are dropped, delayed and duplicated, never changed, so SRTP stays valid.
 * Loss, reordering and duplication affect RTP packets only: speech and DTMF. Delay, jitter and
 * silence affect RTCP too. ICE checks are not affected.
 *
 * <p>The content is impaired before encryption, as by a bad gateway: {@link #loseKeys},
 * {@link #doubleKeys}, {@link #drift} and {@link #changeCodec} leave no gap in sequence numbers.
 * The keys of the first two are DTMF as telephone events (RFC 4733). For DTMF in INFO use
 * {@code faults.onRequest("INFO")}. SRTP keys by DTLS are impaired with {@link #loseHandshake} and
 * {@link #doubleHandshake}, those by SDES with {@link PhoneMediaFaults#tellSrtpKey}.
 *
 * <p>Each call is impaired on its own; random choices depend on the PBX's random source. Direct
 * media between two phones is not affected.
 *
 * <p>Callable from any thread; applies from the next packet on, also in current calls. Packets in
 * transit when a delay ends still arrive, in order.
 */
public final class MediaImpairment {
    private final Random seeds;
    private final LongAdder packets = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder keysLost = new LongAdder();
    private final LongAdder keysDoubled = new LongAdder();
    private final LongAdder recoded = new LongAdder();
    /** Created at the first impairment, so that a PBX without faults consumes no random numbers. */
    private @Nullable Random dice;

    /** Written last: a reader that sees it sees the dice too. */
    private volatile MediaFigures figures = MediaFigures.NONE;

    private volatile boolean bad;
    private volatile boolean changingStream;

    MediaImpairment(Random seeds) {
        this.seeds = seeds;
    }

    /**
     * Loses that share of packets, each independently.
     *
     * @throws IllegalArgumentException if it is not 0 to 1
     */
    public MediaImpairment lose(double share) {
        return change(now -> now.with(new Loss(Pattern.AT_RANDOM, share, 1)));
    }

    /**
     * Loses that share of packets evenly: with 0.05 exactly every twentieth.
     *
     * @throws IllegalArgumentException if it is not 0 to 1
     */
    public MediaImpairment loseEvenly(double share) {
        return change(now -> now.with(new Loss(Pattern.EVENLY, share, 1)));
    }

    /**
     * Loses that share of packets in bursts at random times.
     *
     * @param count how many in a row, 1 to 1000
     * @throws IllegalArgumentException if the share is not 0 to 1, or the count out of its bounds
     */
    public MediaImpairment loseInBursts(double share, int count) {
        return change(now -> now.with(new Loss(Pattern.IN_BURSTS, share, count)));
    }

    /**
     * Delays each packet.
     *
     * @throws IllegalArgumentException if it is not 0 to 60 s
     */
    public MediaImpairment delay(Duration by) {
        return change(now -> now.withDelay(by));
    }

    /**
     * Delays each packet by a random time up to this; packets stay in order.
     *
     * @throws IllegalArgumentException if it is not 0 to 60 s
     */
    public MediaImpairment jitter(Duration most) {
        return change(now -> now.withJitter(most));
    }

    /**
     * Lets the next packet overtake that share of packets, unless it comes more than 100 ms later.
     *
     * @throws IllegalArgumentException if it is not 0 to 0.5: two packets take part each time
     */
    public MediaImpairment reorder(double share) {
        return change(now -> now.withReordered(share));
    }

    /**
     * Sends that share of packets twice, one copy after the other. An SRTP receiver accepts one
     * copy, and so does the PBX: a phone's duplicate reaches the other phone once.
     *
     * @throws IllegalArgumentException if it is not 0 to 1
     */
    public MediaImpairment duplicate(double share) {
        return change(now -> now.withDuplicated(share));
    }

    /** Drops everything while on, RTCP too, for a call with one-way audio. */
    public MediaImpairment silence(boolean on) {
        return change(now -> now.withSilence(on));
    }

    /**
     * Loses that share of DTMF digits, each as a whole and independently, as a gateway does that
     * mistakes them for speech.
     *
     * @throws IllegalArgumentException if it is not 0 to 1
     */
    public MediaImpairment loseKeys(double share) {
        return changeStream(now -> new Stream(share, now.doubledKeys(), now.drift(), now.codec()));
    }

    /**
     * Doubles that share of DTMF digits: a second press follows the first, with another timestamp.
     * Lost digits are not doubled.
     *
     * @throws IllegalArgumentException if it is not 0 to 1
     */
    public MediaImpairment doubleKeys(double share) {
        return changeStream(now -> new Stream(now.lostKeys(), share, now.drift(), now.codec()));
    }

    /**
     * Makes the stream's clock faster than the receiver's by that share: 0.001 is 0.1 %, a negative
     * share is slower. Packets come at another pace while their timestamps count on. The source's
     * pace stays the same: a fast stream repeats a packet and a slow one omits one, one in a
     * thousand at 0.1 %. A fast stream is up to one packet late. RTCP reports drift too.
     *
     * @throws IllegalArgumentException if it is not -0.05 to 0.05
     */
    public MediaImpairment drift(double faster) {
        return changeStream(now -> new Stream(now.lostKeys(), now.doubledKeys(), faster, now.codec()));
    }

    /**
     * Transcodes speech to another codec from the next packet on, under its payload type and
     * without signalling. The codec must be in the receiver's last SDP: the phone's own, or the one
     * that the PBX sent it. It must also support the current packet length. Otherwise nothing
     * changes, and {@link #recoded} stays 0.
     *
     * <p>Opus has another RTP clock than G.711 and G.722. Timestamps then continue at its pace
     * under the same SSRC, and continue again after a change back. DTMF keeps its payload type.
     * Packets that arrive out of order during the change are lost.
     *
     * @param encodingName as in {@code a=rtpmap}, such as {@code PCMA} or {@code opus}, in any
     *     letter case; empty for the original codec
     */
    public MediaImpairment changeCodec(String encodingName) {
        return changeStream(now -> new Stream(now.lostKeys(), now.doubledKeys(), now.drift(), encodingName.trim()));
    }

    /**
     * Loses the first datagrams of each DTLS handshake, so that keys come after a retransmission.
     * RFC 6347 §4.2.4.1 retransmits after a second, then after twice as long each time; many stacks
     * begin sooner.
     *
     * @param datagrams of each handshake; 100 are more than any handshake has before it is given up
     * @throws IllegalArgumentException if they are not 0 to 100
     */
    public MediaImpairment loseHandshake(int datagrams) {
        return change(now -> now.with(new Handshake(datagrams, now.handshake().doubled())));
    }

    /** Duplicates each datagram of DTLS handshakes while on. */
    public MediaImpairment doubleHandshake(boolean on) {
        return change(now -> now.with(new Handshake(now.handshake().lost(), on)));
    }

    /** Removes all impairments and sets all counts to 0. */
    public synchronized void clear() {
        bad = false;
        changingStream = false;
        figures = MediaFigures.NONE;
        for (LongAdder count : List.of(packets, lost, keysLost, keysDoubled, recoded)) {
            count.reset();
        }
    }

    /** Returns the current impairments. */
    public MediaFigures figures() {
        return figures;
    }

    /**
     * Returns how many RTP packets passed while an impairment was set, including lost ones. Never
     * waits.
     */
    public long packets() {
        return packets.sum();
    }

    /** Returns how many of those {@link #packets} were lost on purpose. Never waits. */
    public long lost() {
        return lost.sum();
    }

    /** Returns how many digits {@link #loseKeys} lost. Never waits. */
    public long keysLost() {
        return keysLost.sum();
    }

    /** Returns how many digits {@link #doubleKeys} doubled. Never waits. */
    public long keysDoubled() {
        return keysDoubled.sum();
    }

    /** Returns how many packets {@link #changeCodec} transcoded. Never waits. */
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

    /** Whether there is any impairment. For the PBX, on its media loop. */
    public boolean isBad() {
        return bad;
    }

    /** Whether there is any impairment before encryption. For the PBX, on its media loop. */
    public boolean changesStream() {
        return changingStream;
    }

    /** Counts a lost digit. For the PBX, on its media loop. */
    public void countLostKey() {
        keysLost.increment();
    }

    /** Counts a doubled digit. For the PBX, on its media loop. */
    public void countDoubledKey() {
        keysDoubled.increment();
    }

    /** Counts a transcoded packet. For the PBX, on its media loop. */
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

    /** Returns a random number, at least 0 and below 1. For the PBX, on its media loop. */
    public double roll() {
        Random rolled = dice;
        return rolled == null ? 0 : rolled.nextDouble();
    }
}
