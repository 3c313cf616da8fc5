// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.ports.audio.PlaybackSource;
import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.dtmf.TelephoneEventReceiver;
import com.techpro.callclient.stack.media.playout.Playout;
import com.techpro.callclient.stack.media.quality.ReceptionLog;
import com.techpro.callclient.stack.media.rtp.ContributingSources;
import com.techpro.callclient.stack.media.rtp.RtpClock;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.stack.media.rtp.SequenceNumbers;
import com.techpro.callclient.stack.media.rtp.SequenceNumbers.Verdict;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;

/**
 * Turns RTP packets into sound in the speaker's ring. It plays one source at a time, which
 * {@link SourceSelection} selects.
 *
 * <p>In clear text, packets with its SSRC from another address are a third party's collision or a
 * loop (RFC 3550 §8.2), and wait as another source does. Authenticated packets cannot be either, so
 * there it is the same source on another path. Belongs to the media loop.
 */
final class AudioReceiver {
    /**
     * How late packets of the next source may be that it sent before the last packet of the
     * previous one.
     */
    private static final long OVERTAKEN_NANOS = 20_000_000;

    private final DropCounters drops;
    private final PendingPackets pending;
    private final RtpPacket pendingView = new RtpPacket();
    /** The latest packets before sound was due: the first audible one may depend on them. */
    private final PendingPackets early;

    private final RtpPacket earlyView = new RtpPacket();
    private final TelephoneEventReceiver events;
    private volatile PlaybackRing playback;
    private volatile long concealedOfFormerRings;
    private volatile long underrunsOfFormerRings;
    private final Playout playout;
    private final Depacketizer depacketizer;
    private final ReceptionLog reception = new ReceptionLog();
    private final ContributingSources contributing = new ContributingSources();
    private final SourceSelection sources = new SourceSelection(this::takenOver);
    private short[] frame;
    private boolean receiving;
    private long packets;
    private long octets;
    private long reordered;

    /** @param expected the assumed format until something is agreed */
    AudioReceiver(DropCounters drops, PayloadFormat expected, TelephoneEventReceiver.Listener keys) {
        this.drops = drops;
        Codec codec = expected.codec();
        this.playback = new PlaybackRing(codec.sampleRate());
        this.playout = new Playout(codec.clockRate(), codec.sampleRate(), reception);
        this.frame = new short[playback.frame()];
        this.pending = new PendingPackets(() -> drops.unknownSource++);
        // Counted already, as unwanted.
        this.early = new PendingPackets(() -> {});
        this.events = new TelephoneEventReceiver(keys);
        this.depacketizer = new Depacketizer(drops, codec, playout, reception, events);
    }

    ContributingSources contributing() {
        return contributing;
    }

    /**
     * Returns the source for a speaker of this rate. Callable from any thread, but one at a time.
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one at a time
    PlaybackSource playback(int sampleRate) {
        PlaybackRing plugged = playback;
        if (plugged.sampleRate() != sampleRate) {
            concealedOfFormerRings += RtpClock.nanos(plugged.concealed(), plugged.sampleRate());
            underrunsOfFormerRings += plugged.underruns();
            plugged = new PlaybackRing(sampleRate);
            playback = plugged;
        }
        return plugged;
    }

    SourceSelection sources() {
        return sources;
    }

    /**
     * Tells whether sound is due. Packets sent while no sound was due do not count as lost
     * afterwards, and earlier sound is not played after the pause. Call it at once, not at the next
     * frame: packets may arrive before that.
     */
    void expects(boolean sound) {
        if (receiving != sound) {
            receiving = sound;
            if (sound) {
                sources.resume();
            }
            playout.flush();
        }
    }

    /**
     * Processes an authenticated or clear-text packet.
     *
     * @param view the packet in the buffer, which has an array
     */
    void received(MediaParameters parameters, RtpPacket view, ByteBuffer buffer, InetSocketAddress from, long now) {
        int ssrc = view.ssrc();
        boolean successor = sources.isSuccessor(ssrc, from);
        if (!parameters.encrypted() && !successor && sources.isThirdParty(ssrc, from, now)) {
            drops.unknownSource++;
            return;
        }
        if (!successor && sources.mustWait(ssrc, now)) {
            if (parameters.encrypted()) {
                pending.add(ssrc, buffer, from, now);
            } else {
                drops.unknownSource++;
            }
            return;
        }
        if (!pending.isEmpty() && ssrc != sources.source()) {
            takePending(parameters, ssrc);
            successor = sources.isSuccessor(ssrc, from);
        }
        accept(parameters, view, buffer, from, now, successor);
    }

    /** Plays the packets that a source had to hold back, with their original arrival times. */
    private void takePending(MediaParameters parameters, int ssrc) {
        long notBefore = sources.lastHeard() - OVERTAKEN_NANOS;
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
        boolean wasDue = due && !sources.isResumed();
        int required = parameters.encrypted() ? 1 : SequenceNumbers.PROBATION;
        Verdict verdict = sources.judge(view.ssrc(), view.sequence(), successor, required, due);
        if (verdict == Verdict.ON_PROBATION || verdict == Verdict.JUMP) {
            drops.unknownSource++;
            return;
        }
        if (!wasDue && sources.isQuiet(now)) {
            // After a pause, the sender restarts its encoder, and has not heard what was thrown
            // away here.
            beginAnew();
        }
        sources.heard(from, now);
        packets++;
        octets += view.payloadLength();
        contributing.received(view, now);
        if (verdict == Verdict.OUT_OF_ORDER) {
            reordered++;
        } else if (verdict == Verdict.RESTARTED) {
            restart();
        }
        if (!wasDue) {
            reception.skipTo(view.sequence());
        }
        if (!due) {
            drops.unwanted++;
            early.add(view.ssrc(), buffer, from, now);
            return;
        }
        decodeEarly(parameters);
        reception.received(view.sequence());
        depacketizer.received(parameters.received(), view, buffer, now);
    }

    private void takenOver() {
        events.restart();
        restart();
    }

    /** Restarts playout. A DTMF digit in progress continues, as its timestamp shows. */
    private void restart() {
        reception.restart();
        depacketizer.restart();
        beginAnew();
    }

    /** What follows does not depend on earlier packets. */
    private void beginAnew() {
        depacketizer.beginAnew();
        early.clear();
    }

    /**
     * Decodes the latest packets before sound was due, without playing them. Often the far end
     * learns first that the call is resumed, or it ignores the hold. While the call is held, none
     * is decoded, at whatever rate they come.
     */
    private void decodeEarly(MediaParameters parameters) {
        for (PendingPackets.Pending next = early.poll(); next != null; next = early.poll()) {
            if (earlyView.wrap(next.packet())) {
                depacketizer.update(parameters.received(), earlyView, next.packet());
            }
        }
    }

    /** Called once a frame. */
    void serve(MediaParameters parameters, long now) {
        if (!pending.isEmpty() && sources.isQuiet(now)) {
            takePending(parameters, pending.latestSsrc());
        }
        events.check(now);
        contributing.look(now);
        PlaybackRing ring = playback;
        if (playout.sampleRate() != ring.sampleRate()) {
            playout.setSampleRate(ring.sampleRate());
            frame = new short[ring.frame()];
        }
        ring.look(receiving, now);
        if (!ring.listening()) {
            make(now);
        }
        serveSpeaker(now);
    }

    /** Called in each slot while {@link #isHeard}: what the speaker has fetched is replaced at once. */
    void serveSpeaker(long now) {
        PlaybackRing ring = playback;
        while (ring.listening()
                && ring.frame() == frame.length
                && ring.wants(!receiving || playout.hasNext(frame.length), now)) {
            make(ring.due(now));
            ring.put(frame);
        }
    }

    /** Whether a speaker fetches sound. */
    boolean isHeard() {
        return playback.listening();
    }

    private void make(long due) {
        if (receiving) {
            playout.next(frame, RtpClock.units(due, depacketizer.clockRate()));
        } else {
            Arrays.fill(frame, (short) 0);
        }
    }

    /** What became of each packet. */
    ReceptionLog reception() {
        return reception;
    }

    Depacketizer depacketizer() {
        return depacketizer;
    }

    Playout playout() {
        return playout;
    }

    /** The part of the expected sound that was concealed since the beginning, from 0 to 1. */
    double concealedShare() {
        return Math.min(1, (double) concealedNanos() / Math.max(1, sources.expected() * depacketizer.packetNanos()));
    }

    /**
     * How much sound was concealed, because packets were missing or the loop fetched them too late.
     */
    long concealedNanos() {
        return RtpClock.nanos(playout.concealed(), playout.sampleRate()) + missedByTheLoopNanos();
    }

    /** The part of {@link #concealedNanos} whose packets were not lost but late. */
    long lateNanos() {
        return RtpClock.nanos(playout.lateSamples(), playout.sampleRate()) + missedByTheLoopNanos();
    }

    /** What became of the sound, apart from the packets. */
    MediaStatistics.Played played() {
        int rate = playout.sampleRate();
        return new MediaStatistics.Played(
                duration(playout.played(), rate),
                duration(playout.concealed(), rate),
                playout.concealments(),
                duration(playout.expanded(), rate),
                duration(playout.accelerated(), rate),
                Duration.ofNanos(playout.meanDelayNanos()),
                Duration.ofNanos(missedByTheLoopNanos()),
                underrunsOfFormerRings + playback.underruns());
    }

    private static Duration duration(long samples, int rate) {
        return Duration.ofNanos(RtpClock.nanos(samples, rate));
    }

    private long missedByTheLoopNanos() {
        PlaybackRing ring = playback;
        return concealedOfFormerRings + RtpClock.nanos(ring.concealed(), ring.sampleRate());
    }

    long packets() {
        return packets;
    }

    long octets() {
        return octets;
    }

    long reordered() {
        return reordered - playout.buffer().duplicate();
    }

    /** The delay from arrival to the speaker. */
    long delayNanos() {
        PlaybackRing ring = playback;
        return RtpClock.nanos(playout.delay(), playout.sampleRate()) + ring.delayNanos();
    }
}
