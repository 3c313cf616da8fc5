// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusBandwidth;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusMode;
import io.github.jaredmdobson.concentus.OpusSignal;
import java.util.Arrays;

/**
 * Encodes Opus for a receiver with certain parameters. Nothing is allocated here. The library,
 * whose C original uses the stack, allocates some 50 kB a packet by CELT and 120 kB by SILK, all
 * short-lived.
 */
final class ConcentusEncoder implements Encoder {
    /**
     * Half of the maximum: the difference is not audible in speech, but drains a phone's battery.
     */
    private static final int COMPLEXITY = 5;

    /** Of CELT alone, which needs a quarter of the CPU (decision 14). */
    private static final int CELT_COMPLEXITY = 4;

    /** Below this bit rate and band, SILK sounds better. */
    private static final int LEAST_CELT_BITRATE = 28_000;

    private static final int LEAST_CELT_RATE = 24_000;

    private static final int REDUCED_COMPLEXITY = 0;
    /** Far more than speech needs, and less than fits into one network packet. */
    private static final int LARGEST_PAYLOAD = 1_000;
    /** A frame that only signals silence; sending nothing means the same (RFC 7587 §3.1.3). */
    private static final int SILENCE_OCTETS = 2;

    private static final int MOST_EXPECTED_LOSS = 100;
    /**
     * The number of first packets that do not refer to earlier ones. A phone system may not pass on
     * the first packets. A decoder that missed one to which others refer plays noise for some 80
     * ms. After the first 100 ms the path is open.
     */
    private static final int INDEPENDENT_PACKETS = 5;

    private static final int[] FRAMES = {
        Opus.RATE / 400, Opus.RATE / 200, Opus.RATE / 100, Opus.RATE / 50, Opus.RATE / 25, Opus.RATE * 3 / 50
    };

    private final OpusParameters receiver;
    private OpusEncoder encoder;
    private int bitrate;
    /** Redundancy costs quality (decision 13), so there is none before a report of loss. */
    private int expectedLoss;
    /** The remaining independent packets. */
    private int independentLeft;
    /** For sound shorter than a frame. */
    private short[] padded = new short[0];

    private boolean dtx;
    private boolean reducedEffort;

    ConcentusEncoder(OpusParameters receiver) {
        this.receiver = receiver;
        encoder = newEncoder(receiver);
        setBitrate(usualBitrate(receiver.maxPlaybackRate()));
        begin();
        setDtx(receiver.dtx());
    }

    private static OpusEncoder newEncoder(OpusParameters receiver) {
        OpusEncoder encoder;
        try {
            encoder = new OpusEncoder(Opus.RATE, Opus.CHANNELS, OpusApplication.OPUS_APPLICATION_VOIP);
        } catch (OpusException e) {
            throw new IllegalStateException("48 kHz and one channel are among Opus's own", e);
        }
        encoder.setSignalType(OpusSignal.OPUS_SIGNAL_VOICE);
        encoder.setMaxBandwidth(bandwidth(receiver.maxPlaybackRate()));
        encoder.setUseVBR(!receiver.constantBitrate());
        encoder.setUseInbandFEC(receiver.inbandFec());
        return encoder;
    }

    /** The middle of the range that RFC 7587 §3.1.1 recommends for speech. */
    private static int usualBitrate(int playbackRate) {
        if (playbackRate <= 8_000) {
            return 12_000;
        }
        return playbackRate <= 16_000 ? 20_000 : 32_000;
    }

    /** Returns the widest bandwidth that a receiver can play (RFC 7587 §6.1 table 2). */
    private static OpusBandwidth bandwidth(int playbackRate) {
        if (playbackRate <= 8_000) {
            return OpusBandwidth.OPUS_BANDWIDTH_NARROWBAND;
        } else if (playbackRate <= 12_000) {
            return OpusBandwidth.OPUS_BANDWIDTH_MEDIUMBAND;
        } else if (playbackRate <= 16_000) {
            return OpusBandwidth.OPUS_BANDWIDTH_WIDEBAND;
        } else if (playbackRate <= 24_000) {
            return OpusBandwidth.OPUS_BANDWIDTH_SUPERWIDEBAND;
        }
        return OpusBandwidth.OPUS_BANDWIDTH_FULLBAND;
    }

    /** Pads sound shorter than a frame with silence, for example before a DTMF digit. */
    @Override
    public int encode(short[] samples, int offset, byte[] to, int toOffset, int count) {
        int frame = FRAMES[FRAMES.length - 1];
        for (int length : FRAMES) {
            if (length >= count) {
                frame = length;
                break;
            }
        }
        if (frame == count) {
            return encodeFrame(samples, offset, frame, to, toOffset);
        }
        if (padded.length < frame) {
            padded = new short[frame];
        }
        int taken = Math.min(count, frame);
        System.arraycopy(samples, offset, padded, 0, taken);
        Arrays.fill(padded, taken, frame, (short) 0);
        return encodeFrame(padded, 0, frame, to, toOffset);
    }

    /**
     * Sometimes the library overflows on loud speech and cannot continue. A new encoder then starts
     * with this frame; if it fails too, the frame is dropped.
     */
    private int encodeFrame(short[] samples, int offset, int frame, byte[] to, int toOffset) {
        try {
            return encodeByLibrary(samples, offset, frame, to, toOffset);
        } catch (AssertionError | RuntimeException broken) {
            restart();
        }
        try {
            return encodeByLibrary(samples, offset, frame, to, toOffset);
        } catch (AssertionError | RuntimeException broken) {
            restart();
            return 0;
        }
    }

    private int encodeByLibrary(short[] samples, int offset, int frame, byte[] to, int toOffset) {
        try {
            int room = Math.min(LARGEST_PAYLOAD, to.length - toOffset);
            int octets = encoder.encode(samples, offset, frame, to, toOffset, room);
            if (independentLeft > 0 && --independentLeft == 0) {
                encoder.setPredictionDisabled(false);
                encoder.setBitrate(bitrate);
            }
            return dtx && octets <= SILENCE_OCTETS ? 0 : octets;
        } catch (OpusException e) {
            throw new IllegalStateException("a frame of Opus's own length", e);
        }
    }

    private void restart() {
        encoder = newEncoder(receiver);
        begin();
        encoder.setPacketLossPercent(expectedLoss);
        encoder.setUseDTX(dtx);
        chooseMode();
    }

    /**
     * SILK alone has redundancy and discontinuous transmission. Otherwise CELT is chosen, where it
     * sounds no worse.
     */
    private void chooseMode() {
        boolean redundant = receiver.inbandFec() && expectedLoss > 0;
        boolean celt =
                receiver.maxPlaybackRate() >= LEAST_CELT_RATE && bitrate >= LEAST_CELT_BITRATE && !dtx && !redundant;
        encoder.setForceMode(celt ? OpusMode.MODE_CELT_ONLY : OpusMode.MODE_AUTO);
        encoder.setComplexity(reducedEffort ? REDUCED_COMPLEXITY : celt ? CELT_COMPLEXITY : COMPLEXITY);
    }

    private void begin() {
        independentLeft = INDEPENDENT_PACKETS;
        encoder.setPredictionDisabled(true);
        encoder.setBitrate(bitrateNow());
    }

    /**
     * Independent packets get the bits that prediction saves later, unless all packets must have
     * the same size.
     */
    private int bitrateNow() {
        return independentLeft == 0 || receiver.constantBitrate()
                ? bitrate
                : Math.min(receiver.maxAverageBitrate(), bitrate + bitrate / 2);
    }

    @Override
    public int bitrate() {
        return bitrate;
    }

    @Override
    public void setBitrate(int bitsPerSecond) {
        bitrate = Math.max(OpusParameters.LEAST_BITRATE, Math.min(receiver.maxAverageBitrate(), bitsPerSecond));
        encoder.setBitrate(bitrateNow());
        chooseMode();
    }

    @Override
    public void setExpectedLoss(int percent) {
        expectedLoss = Math.max(0, Math.min(MOST_EXPECTED_LOSS, percent));
        encoder.setPacketLossPercent(expectedLoss);
        chooseMode();
    }

    @Override
    public void setReducedEffort(boolean enabled) {
        reducedEffort = enabled;
        chooseMode();
    }

    @Override
    public void setDtx(boolean enabled) {
        dtx = enabled;
        encoder.setUseDTX(enabled);
        chooseMode();
    }
}
