// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.srtp;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.stack.media.srtp.SrtpSources.Source;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One direction of SRTP and SRTCP under one master key (RFC 3711 §3): use an instance either to
 * protect or to unprotect. It works in place on buffers that have an array. A packet lies between
 * position and limit, and the limit moves with the trailer. Not thread-safe.
 */
public final class SrtpContext {
    /** The most octets that protecting a packet adds. */
    public static final int MAX_TRAILER = 20;

    /** The most SRTCP packets under one key (RFC 3711 §9.2). */
    private static final long MAX_RTCP = 1L << 31;

    private static final int RTCP_HEADER = 8;

    private final SrtpSuite suite;
    private final SrtpCipher rtp;
    private final SrtpCipher rtcp;
    private final SrtpSources sources = new SrtpSources();
    private final RollOverGuesses guesses;
    private final long lifetime;
    private long rtpPackets;
    private long rtcpPackets;

    public SrtpContext(SrtpKeys keys) {
        this(keys, new RollOverGuesses());
    }

    private SrtpContext(SrtpKeys keys, RollOverGuesses guesses) {
        this.guesses = guesses;
        KeyDerivation derivation = new KeyDerivation(keys);
        suite = keys.suite();
        rtp = SrtpCipher.forRtp(suite, derivation);
        rtcp = SrtpCipher.forRtcp(suite, derivation, rtp);
        lifetime = keys.lifetime();
    }

    /**
     * Returns a context for unprotecting packets under new keys from now on. It takes over the
     * sources' indices: senders keep their roll-over counters when keys change (RFC 3711 §3.3.1).
     */
    public SrtpContext rekeyed(SrtpKeys keys) {
        return new SrtpContext(keys, sources.isEmpty() ? guesses : new RollOverGuesses(sources));
    }

    public SrtpSuite suite() {
        return suite;
    }

    /**
     * Encrypts an RTP packet. Sequence numbers may come in any order within the replay window, but
     * none twice: the same keystream must never cover two packets (RFC 3711 §9.1).
     *
     * @return on {@code OK} the limit has grown by the tag; otherwise the packet is unchanged
     */
    public SrtpStatus protectRtp(ByteBuffer packet) {
        int header = RtpPacket.headerLength(packet);
        if (header < 0) {
            return SrtpStatus.MALFORMED;
        }
        if (packet.capacity() - packet.limit() < rtp.trailer()) {
            return SrtpStatus.NO_ROOM;
        }
        int start = packet.position();
        int ssrc = packet.getInt(start + 8);
        Source source = sources.find(ssrc);
        long index = rtpIndex(packet, source);
        SrtpStatus status = checkRtp(source, index);
        if (status == SrtpStatus.OK) {
            int length = packet.remaining();
            rtp.protect(packet.array(), packet.arrayOffset() + start, header, length, ssrc, index);
            ((Buffer) packet).limit(packet.limit() + rtp.trailer());
            acceptRtp(source, ssrc, index);
        }
        return status;
    }

    /**
     * Authenticates and decrypts an SRTP packet.
     *
     * @return on {@code OK} the limit has shrunk by the tag; otherwise the packet is unchanged
     */
    public SrtpStatus unprotectRtp(ByteBuffer packet) {
        int header = RtpPacket.headerLength(packet);
        int length = packet.remaining();
        if (header < 0 || length < header + rtp.trailer()) {
            return SrtpStatus.MALFORMED;
        }
        int start = packet.position();
        int ssrc = packet.getInt(start + 8);
        Source source = sources.find(ssrc);
        boolean first = source == null || source.rtp.highest() < 0;
        int sequence = packet.getShort(start + 2) & 0xFFFF;
        long index = first ? guesses.next(0, ssrc, sequence, rtpPackets > 0) : rtpIndex(packet, source);
        SrtpStatus status = checkRtp(source, index);
        if (status == SrtpStatus.OK) {
            byte[] octets = packet.array();
            int from = packet.arrayOffset() + start;
            // A failed attempt leaves the packet unchanged.
            for (int attempt = 1; !rtp.unprotect(octets, from, header, length, ssrc, index); attempt++) {
                index = first ? guesses.next(attempt, ssrc, sequence, rtpPackets > 0) : RollOverGuesses.NONE;
                if (index == RollOverGuesses.NONE) {
                    return SrtpStatus.AUTH_FAILED;
                }
            }
            ((Buffer) packet).limit(packet.limit() - rtp.trailer());
            acceptRtp(source, ssrc, index);
        }
        return status;
    }

    /**
     * Encrypts a compound RTCP packet with the next index of its first sender; otherwise as
     * {@link #protectRtp}.
     */
    public SrtpStatus protectRtcp(ByteBuffer packet) {
        if (packet.remaining() < RTCP_HEADER) {
            return SrtpStatus.MALFORMED;
        }
        if (packet.capacity() - packet.limit() < rtcp.trailer()) {
            return SrtpStatus.NO_ROOM;
        }
        int start = packet.position();
        int ssrc = packet.getInt(start + 4);
        Source source = sources.find(ssrc);
        long index = source == null ? 0 : source.rtcp.highest() + 1;
        SrtpStatus status = checkRtcp(source, index);
        if (status == SrtpStatus.OK) {
            int length = packet.remaining();
            rtcp.protect(packet.array(), packet.arrayOffset() + start, RTCP_HEADER, length, ssrc, index);
            ((Buffer) packet).limit(packet.limit() + rtcp.trailer());
            acceptRtcp(source, ssrc, index);
        }
        return status;
    }

    /**
     * Authenticates and decrypts an SRTCP packet; otherwise as {@link #unprotectRtp}. Unencrypted
     * SRTCP is refused.
     */
    public SrtpStatus unprotectRtcp(ByteBuffer packet) {
        int length = packet.remaining();
        if (length < RTCP_HEADER + rtcp.trailer()) {
            return SrtpStatus.MALFORMED;
        }
        int start = packet.position();
        int word = packet.getInt(packet.limit() - (suite.isAead() ? 0 : suite.rtcpTagLength()) - SrtpCipher.INDEX_WORD);
        if (word >= 0) {
            return SrtpStatus.NOT_ENCRYPTED;
        }
        int ssrc = packet.getInt(start + 4);
        long index = word & 0x7FFFFFFF;
        Source source = sources.find(ssrc);
        SrtpStatus status = checkRtcp(source, index);
        if (status == SrtpStatus.OK) {
            if (!rtcp.unprotect(packet.array(), packet.arrayOffset() + start, RTCP_HEADER, length, ssrc, index)) {
                return SrtpStatus.AUTH_FAILED;
            }
            ((Buffer) packet).limit(packet.limit() - rtcp.trailer());
            acceptRtcp(source, ssrc, index);
        }
        return status;
    }

    private static long rtpIndex(ByteBuffer packet, @Nullable Source source) {
        int sequence = packet.getShort(packet.position() + 2) & 0xFFFF;
        return PacketIndex.estimate(source == null ? -1 : source.rtp.highest(), sequence);
    }

    private SrtpStatus checkRtp(@Nullable Source source, long index) {
        if (rtpPackets >= lifetime || index >= PacketIndex.LIMIT) {
            return SrtpStatus.KEY_EXPIRED;
        }
        if (source == null) {
            return sources.full() ? SrtpStatus.TOO_MANY_SOURCES : SrtpStatus.OK;
        }
        return index >= 0 && source.rtp.allows(index) ? SrtpStatus.OK : SrtpStatus.REPLAYED;
    }

    private SrtpStatus checkRtcp(@Nullable Source source, long index) {
        if (rtcpPackets >= Math.min(lifetime, MAX_RTCP) || index >= MAX_RTCP) {
            return SrtpStatus.KEY_EXPIRED;
        }
        if (source == null) {
            return sources.full() ? SrtpStatus.TOO_MANY_SOURCES : SrtpStatus.OK;
        }
        return source.rtcp.allows(index) ? SrtpStatus.OK : SrtpStatus.REPLAYED;
    }

    private void acceptRtp(@Nullable Source source, int ssrc, long index) {
        (source == null ? sources.add(ssrc) : source).rtp.accept(index);
        rtpPackets++;
    }

    private void acceptRtcp(@Nullable Source source, int ssrc, long index) {
        (source == null ? sources.add(ssrc) : source).rtcp.accept(index);
        rtcpPackets++;
    }
}
