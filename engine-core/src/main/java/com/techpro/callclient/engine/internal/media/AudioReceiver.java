// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import com.techpro.callclient.engine.internal.media.codec.Codec;
import com.techpro.callclient.engine.internal.media.codec.G711;
import com.techpro.callclient.engine.internal.media.dtmf.TelephoneEventReceiver;
import com.techpro.callclient.engine.internal.media.playout.ContinuousTimestamps;
import com.techpro.callclient.engine.internal.media.playout.Playout;
import com.techpro.callclient.engine.internal.media.rtp.ContributingSources;
import com.techpro.callclient.engine.internal.media.rtp.InterarrivalJitter;
import com.techpro.callclient.engine.internal.media.rtp.RtpPacket;
import com.techpro.callclient.engine.internal.media.rtp.SequenceNumbers;
import com.techpro.callclient.engine.internal.media.rtp.SequenceNumbers.Verdict;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * From RTP packets to the speaker's ring. Believes one source at a time: another takes over once it is valid (RFC 3550 §6.2.1) and the one before has
 * gone quiet. In clear text that holds also for the same SSRC from another address, which is a third party's collision or a loop (§8.2); where packets are
 * authentic and each is taken once, it can only be the same source on another way. Once the signalling has named another address, or another key, the source so
 * far need not go quiet: whoever else may send takes over at once. Lives on the media loop.
 */
final class AudioReceiver {
    private static final int FRAME = AudioSender.FRAME;
    /** A source is quiet after three frames. */
    private static final long QUIET_NANOS = 60_000_000;
    /** What the next source sent before the last packet of the one before, which the network may have held back by as much. */
    private static final long OVERTAKEN_NANOS = 20_000_000;

    private final DropCounters drops;
    private final PendingPackets pending;
    private final RtpPacket pendingView = new RtpPacket();
    private final TelephoneEventReceiver events;
    private final PlaybackRing playback = new PlaybackRing(FRAME);
    private final Playout playout = new Playout();
    private final ContinuousTimestamps timestamps = new ContinuousTimestamps();
    private final InterarrivalJitter jitter = new InterarrivalJitter();
    private final ContributingSources contributing = new ContributingSources();
    private final short[] frame = new short[FRAME];
    private SequenceNumbers numbers = new SequenceNumbers();
    private SequenceNumbers candidate = new SequenceNumbers();
    private boolean hasSource;
    private int source;
    private @Nullable InetSocketAddress sourceAddress;
    private boolean hasCandidate;
    private int candidateSource;
    private long lastHeard;
    /** From where the source was heard that the signalling has done away with; null if it has not. */
    private @Nullable InetSocketAddress superseded;

    private boolean rekeyed;
    private boolean left;
    /** Whether sound was not due until the next packet. */
    private boolean resumed;

    private boolean receiving;
    private int packetSamples = FRAME;
    private long packets;
    private long octets;
    private long reordered;
    private long lostOfFormerSources;
    private long expectedOfFormerSources;

    AudioReceiver(DropCounters drops, TelephoneEventReceiver.Listener keys) {
        this.drops = drops;
        this.pending = new PendingPackets(drops);
        this.events = new TelephoneEventReceiver(keys);
    }

    ContributingSources contributing() {
        return contributing;
    }

    PlaybackRing playback() {
        return playback;
    }

    /** The signalling names another address: a source that is heard from elsewhere makes way for the next. */
    void addressed(InetSocketAddress signalled) {
        superseded = hasSource && !signalled.equals(sourceAddress) ? sourceAddress : null;
    }

    /** The signalling names other keys: all that comes from now on is of whoever has them. */
    void rekeyed() {
        rekeyed = hasSource;
    }

    /** A source says that it is over (RFC 3550 §6.6): the next need not wait until it has gone quiet. */
    void goodbye(int ssrc) {
        left = left || (hasSource && ssrc == source);
    }

    /** Sound is due again: what the far end sent while it was not is not missed. */
    void resumed() {
        resumed = true;
    }

    /**
     * Takes an authentic packet, or one in clear text.
     *
     * @param view the packet in the buffer, which has an array
     */
    void received(MediaParameters parameters, RtpPacket view, ByteBuffer buffer, InetSocketAddress from, long now) {
        boolean successor = isSuccessor(view, from);
        if (!parameters.encrypted() && !successor && isThirdParty(view, from, now)) {
            drops.unknownSource++;
            return;
        }
        if (hasSource && view.ssrc() != source && !successor && !left && now - lastHeard < QUIET_NANOS) {
            if (parameters.encrypted()) {
                pending.add(view.ssrc(), buffer, from, now);
            } else {
                drops.unknownSource++;
            }
            return;
        }
        if (!pending.isEmpty() && view.ssrc() != source) {
            takePending(parameters, view.ssrc());
            successor = isSuccessor(view, from);
        }
        accept(parameters, view, buffer, from, now, successor);
    }

    private boolean isSuccessor(RtpPacket view, InetSocketAddress from) {
        if (rekeyed) {
            return view.ssrc() != source;
        }
        return superseded != null && !from.equals(superseded);
    }

    /** The packets that a source had to wait with are heard as if they came now, at the times they came. */
    private void takePending(MediaParameters parameters, int ssrc) {
        long notBefore = lastHeard - OVERTAKEN_NANOS;
        for (PendingPackets.Pending next = pending.poll(ssrc, notBefore);
                next != null;
                next = pending.poll(ssrc, notBefore)) {
            if (pendingView.wrap(next.packet())) {
                accept(parameters, pendingView, next.packet(), next.from(), next.arrival(), false);
            }
        }
    }

    private void accept(
            MediaParameters parameters,
            RtpPacket view,
            ByteBuffer buffer,
            InetSocketAddress from,
            long now,
            boolean successor) {
        boolean due = parameters.direction().receives();
        Verdict verdict = judge(view, successor, parameters.encrypted() ? 1 : SequenceNumbers.PROBATION, due);
        if (verdict == Verdict.ON_PROBATION || verdict == Verdict.JUMP) {
            drops.unknownSource++;
            return;
        }
        lastHeard = now;
        sourceAddress = from;
        packets++;
        octets += view.payloadLength();
        contributing.received(view, now);
        if (verdict == Verdict.OUT_OF_ORDER) {
            reordered++;
        } else if (verdict == Verdict.RESTARTED) {
            restart();
        }
        if (!due) {
            drops.unwanted++;
            return;
        }
        deliver(parameters, view, buffer, now);
    }

    private boolean isThirdParty(RtpPacket view, InetSocketAddress from, long now) {
        return hasSource && view.ssrc() == source && !from.equals(sourceAddress) && now - lastHeard < QUIET_NANOS;
    }

    private Verdict judge(RtpPacket view, boolean successor, int required, boolean due) {
        if (hasSource && view.ssrc() == source && !successor) {
            rekeyed = false;
            if (resumed || !due) {
                numbers.skipTo(view.sequence());
            }
            resumed = !due;
            return numbers.received(view.sequence());
        }
        if (!hasCandidate || candidateSource != view.ssrc()) {
            hasCandidate = true;
            candidateSource = view.ssrc();
            candidate.begin(view.sequence(), required);
        }
        Verdict verdict = candidate.received(view.sequence());
        if (verdict != Verdict.ON_PROBATION) {
            takeOver();
        }
        return verdict;
    }

    private void takeOver() {
        lostOfFormerSources += Math.max(0, numbers.lost());
        expectedOfFormerSources += numbers.expected();
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
        events.restart();
        restart();
    }

    /** The packets begin anew. A key that is held down meanwhile is the same one: its timestamp says so. */
    private void restart() {
        timestamps.clear();
        jitter.restart();
        playout.restart();
    }

    private void deliver(MediaParameters parameters, RtpPacket view, ByteBuffer buffer, long now) {
        int arrival = Playout.samples(now);
        if (view.payloadType() == parameters.telephoneEventPayloadType()) {
            playout.pass(view.sequence(), view.timestamp(), arrival, buffer.array());
            if (!events.received(view.timestamp(), buffer, view.payloadStart(), view.payloadLength(), now)) {
                drops.malformed++;
            }
            return;
        }
        G711 law = law(parameters.codec(), view.payloadType());
        if (law == null || view.payloadLength() == 0 || view.payloadLength() > Playout.LONGEST_PACKET) {
            drops.unknownPayload++;
            playout.pass(view.sequence(), view.timestamp(), arrival, buffer.array());
            return;
        }
        packetSamples = view.payloadLength();
        int timestamp = timestamps.of(view.sequence(), view.timestamp(), packetSamples, arrival);
        if (timestamps.restarted()) {
            jitter.restart();
            playout.restart();
        }
        jitter.received(timestamp, arrival);
        playout.insert(
                view.sequence(),
                timestamp,
                arrival,
                law,
                buffer.array(),
                buffer.arrayOffset() + view.payloadStart(),
                view.payloadLength());
    }

    /** The agreed payload type, or else one that RFC 3551 gives to a law. */
    private static @Nullable G711 law(Codec agreed, int payloadType) {
        if (payloadType == agreed.payloadType()) {
            return agreed.law();
        }
        if (payloadType == Codec.PCMU.payloadType()) {
            return G711.ULAW;
        }
        return payloadType == Codec.PCMA.payloadType() ? G711.ALAW : null;
    }

    /** Called once a frame. */
    void serve(MediaParameters parameters, long now) {
        if (!pending.isEmpty() && now - lastHeard >= QUIET_NANOS) {
            takePending(parameters, pending.latestSsrc());
        }
        events.check(now);
        contributing.look(now);
        if (receiving != parameters.direction().receives()) {
            receiving = !receiving;
            playout.flush();
        }
        playback.look(receiving);
        if (!playback.listening()) {
            make(now);
            return;
        }
        while (playback.wants()) {
            make(now);
            playback.put(frame);
        }
    }

    private void make(long now) {
        if (receiving) {
            playout.next(frame, Playout.samples(now));
        } else {
            Arrays.fill(frame, (short) 0);
        }
    }

    /** Whether there is a source to report about. */
    boolean hasSource() {
        return hasSource;
    }

    int source() {
        return source;
    }

    SequenceNumbers numbers() {
        return numbers;
    }

    /** In units of the RTP clock. */
    long jitter() {
        return jitter.value();
    }

    Playout playout() {
        return playout;
    }

    /** Samples made up, be it that packets were missing, or that the loop was too late to fetch them. */
    long concealed() {
        return playout.concealed() + playback.concealed();
    }

    /** Those of the samples made up whose packets were not lost. */
    long missed() {
        return playout.lateSamples() + playback.concealed();
    }

    long packets() {
        return packets;
    }

    long octets() {
        return octets;
    }

    long reordered() {
        return reordered - playout.duplicate();
    }

    long lost() {
        return lostOfFormerSources + Math.max(0, numbers.lost());
    }

    long expected() {
        return expectedOfFormerSources + numbers.expected();
    }

    /** How long the sound of the latest packet is, in samples. */
    int packetSamples() {
        return packetSamples;
    }

    /** From arrival to the speaker, in samples. */
    int delay() {
        return playout.delay() + playback.delay();
    }
}
