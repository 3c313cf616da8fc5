// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.stack.media.rtp.SequenceNumbers;
import com.techpro.callclient.stack.media.rtp.SequenceNumbers.Verdict;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Selects the one source that is played, by its SSRC, and counts its packets. Another source takes
 * over once it is valid (RFC 3550 §6.2.1) and the current one has gone quiet.
 *
 * <p>If the signalling names another address or another key, the current source need not go quiet:
 * the next permitted source, its successor, takes over at once. Belongs to the media loop.
 */
final class SourceSelection {
    /** A source is quiet after three frames without a packet. */
    private static final long QUIET_NANOS = 60_000_000;

    private final Runnable takenOver;
    private SequenceNumbers numbers = new SequenceNumbers();
    private SequenceNumbers candidate = new SequenceNumbers();
    private boolean hasSource;
    private int source;
    private @Nullable InetSocketAddress address;
    private boolean hasCandidate;
    private int candidateSource;
    private long lastHeard;
    /** The source's address, once the signalling has replaced it; null if it has not. */
    private @Nullable InetSocketAddress superseded;

    private boolean rekeyed;
    private boolean left;
    /** Whether no sound was due when the last packet arrived, or sound has become due since. */
    private boolean resumed;

    private long lostOfFormer;
    private long expectedOfFormer;

    /** @param takenOver runs when a source has taken over */
    SourceSelection(Runnable takenOver) {
        this.takenOver = takenOver;
    }

    /**
     * The signalling names another address: a source at any other address may be replaced at once.
     */
    void addressed(InetSocketAddress signalled) {
        superseded = hasSource && !signalled.equals(address) ? address : null;
    }

    /** The signalling names other keys: all packets from now on come from their owner. */
    void rekeyed() {
        rekeyed = hasSource;
    }

    /**
     * The source sent an RTCP BYE (RFC 3550 §6.6): the next source need not wait until it is quiet.
     */
    void goodbye(int ssrc) {
        left = left || is(ssrc);
    }

    /** Sound is due again. */
    void resume() {
        resumed = true;
    }

    /** Whether there is a source. */
    boolean hasSource() {
        return hasSource;
    }

    int source() {
        return source;
    }

    boolean is(int ssrc) {
        return hasSource && source == ssrc;
    }

    SequenceNumbers numbers() {
        return numbers;
    }

    long lastHeard() {
        return lastHeard;
    }

    boolean isQuiet(long now) {
        return now - lastHeard >= QUIET_NANOS;
    }

    /** Whether no sound was due before this packet, or it has only just become due. */
    boolean isResumed() {
        return resumed;
    }

    boolean isSuccessor(int ssrc, InetSocketAddress from) {
        if (rekeyed) {
            return ssrc != source;
        }
        return superseded != null && !from.equals(superseded);
    }

    /** Whether a packet has the source's SSRC, and comes from elsewhere (RFC 3550 §8.2). */
    boolean isThirdParty(int ssrc, InetSocketAddress from, long now) {
        return is(ssrc) && !from.equals(address) && !isQuiet(now);
    }

    /** Whether another source has to wait until the current one is quiet. */
    boolean mustWait(int ssrc, long now) {
        return hasSource && ssrc != source && !left && !isQuiet(now);
    }

    /**
     * Judges a packet; one of another source may be that with which it takes over.
     *
     * @param required packets in a row until another source is valid
     * @param due whether its sound is due
     */
    Verdict judge(int ssrc, int sequence, boolean successor, int required, boolean due) {
        if (is(ssrc) && !successor) {
            rekeyed = false;
            if (resumed || !due) {
                numbers.skipTo(sequence);
            }
            resumed = !due;
            return numbers.received(sequence);
        }
        if (!hasCandidate || candidateSource != ssrc) {
            hasCandidate = true;
            candidateSource = ssrc;
            candidate.begin(sequence, required);
        }
        Verdict verdict = candidate.received(sequence);
        if (verdict != Verdict.ON_PROBATION) {
            takeOver();
        }
        return verdict;
    }

    private void takeOver() {
        lostOfFormer += Math.max(0, numbers.lost());
        expectedOfFormer += numbers.expected();
        SequenceNumbers former = numbers;
        numbers = candidate;
        candidate = former;
        hasCandidate = false;
        hasSource = true;
        source = candidateSource;
        superseded = null;
        rekeyed = false;
        resumed = false;
        left = false;
        takenOver.run();
    }

    /** A packet of the source was accepted. */
    void heard(InetSocketAddress from, long now) {
        lastHeard = now;
        address = from;
    }

    /** The packets lost of all sources. */
    long lost() {
        return lostOfFormer + Math.max(0, numbers.lost());
    }

    /** The packets expected of all sources. */
    long expected() {
        return expectedOfFormer + numbers.expected();
    }
}
