// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.audio;

import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Opus in Ogg (RFC 7845), one or two channels, as one channel at 48 kHz, in which the format counts. The library can decode at lower rates, but is
 * wrong then about frames that SILK and CELT make together.
 */
final class OpusReader implements SoundDecoder {
    private static final int RATE = 48_000;

    /** 120 ms (RFC 6716 §3.2.5). */
    private static final int LONGEST = RATE * 120 / 1_000;

    private static final int HEAD = 19;

    private final OggPages pages;
    private final OpusDecoder decoder;
    private final int preSkip;
    private final short[] decoded = new short[LONGEST];
    private int from;
    private int to;
    /** Samples decoded so far, with those that are skipped at the beginning. */
    private long total;

    private boolean damaged;

    private OpusReader(OggPages pages, OpusDecoder decoder, int preSkip) {
        this.pages = pages;
        this.decoder = decoder;
        this.preSkip = preSkip;
    }

    static OpusReader open(InputStream in) throws IOException, UnplayableException {
        OggPages pages = new OggPages(in);
        byte[] head = pages.next();
        if (head == null || head.length < HEAD) {
            throw new UnplayableException(pages.damaged() ? VoicemailProblem.NO_SOUND : VoicemailProblem.FORMAT);
        }
        String name = new String(head, 0, 8, StandardCharsets.ISO_8859_1);
        int version = head[8] & 0xF0;
        int channels = head[9];
        // Mapping family 0 is one stream of one or two channels (§5.1.1.1).
        if (!name.equals("OpusHead") || version != 0 || channels < 1 || channels > 2 || head[18] != 0) {
            throw new UnplayableException(VoicemailProblem.FORMAT);
        }
        try {
            OpusDecoder decoder = new OpusDecoder(RATE, 1);
            decoder.setGain((short) Bytes.le16(head, 16));
            return new OpusReader(pages, decoder, Bytes.le16(head, 10));
        } catch (OpusException e) {
            throw new IllegalStateException("48 kHz and one channel are among Opus's own", e);
        }
    }

    @Override
    public int sampleRate() {
        return RATE;
    }

    @Override
    public long declaredSamples() {
        return -1;
    }

    @Override
    public int read(short[] samples) throws IOException {
        while (from >= to) {
            byte[] packet = pages.next();
            if (packet == null) {
                return -1;
            }
            if (!isTags(packet)) {
                decode(packet);
            }
        }
        int count = Math.min(samples.length, to - from);
        System.arraycopy(decoded, from, samples, 0, count);
        from += count;
        return count;
    }

    private static boolean isTags(byte[] packet) {
        return packet.length >= 8 && new String(packet, 0, 8, StandardCharsets.ISO_8859_1).equals("OpusTags");
    }

    private void decode(byte[] packet) {
        from = 0;
        to = 0;
        int count;
        try {
            count = decoder.decode(packet, 0, packet.length, decoded, 0, LONGEST, false);
        } catch (OpusException | RuntimeException e) {
            // The library finds out about some bad packets by running over the end of them.
            damaged = true;
            return;
        }
        long before = total;
        total += count;
        to = count;
        from = (int) Math.min(count, Math.max(0, preSkip - before));
        // The last page says how much of its last packet counts (§4.4).
        if (pages.ended() && pages.pageIsRead() && pages.granule() >= 0) {
            to = (int) Math.max(from, Math.min(count, pages.granule() - before));
        }
    }

    @Override
    public Flaw flaw() {
        if (damaged || pages.damaged()) {
            return pages.ended() ? Flaw.DAMAGED : Flaw.CUT_SHORT;
        }
        return pages.ended() ? Flaw.NONE : Flaw.CUT_SHORT;
    }
}
