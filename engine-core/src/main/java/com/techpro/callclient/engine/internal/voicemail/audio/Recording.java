// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.audio;

import com.techpro.callclient.engine.voicemail.VoicemailProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;

/** Finds out what a recording is, by its bytes alone: what a mailbox calls it is often wrong. */
public final class Recording {
    /** Enough to tell raw GSM by the beginnings of two frames. */
    private static final int LOOK = GsmReader.FRAME + 1;

    private static final int NARROW = 8_000;
    private static final int WIDE = 16_000;

    private Recording() {}

    /**
     * Reads the beginning. The sound comes at 8 kHz, or at 16 kHz where there is more in it than 8 kHz can hold.
     *
     * @throws UnplayableException if nothing of it can be played
     * @throws IOException if the bytes stop coming
     */
    public static SoundDecoder decoder(InputStream bytes) throws IOException, UnplayableException {
        byte[] start = new byte[LOOK];
        int length = Bytes.fill(bytes, start, 0, start.length);
        PushbackInputStream whole = new PushbackInputStream(bytes, LOOK);
        whole.unread(start, 0, length);
        SoundDecoder found = choose(start, length, whole);
        int rate = found.sampleRate() <= 11_025 ? NARROW : WIDE;
        return found.sampleRate() == rate ? found : new ResampledSound(found, rate);
    }

    private static SoundDecoder choose(byte[] start, int length, InputStream whole)
            throws IOException, UnplayableException {
        if (begins(start, length, "RIFF")) {
            return WavReader.open(whole);
        } else if (begins(start, length, "OggS")) {
            return OpusReader.open(whole);
        } else if (begins(start, length, "#!AMR")) {
            throw new UnplayableException(VoicemailProblem.AMR);
        } else if (begins(start, length, "ID3") || isMpeg(start, length)) {
            throw new UnplayableException(VoicemailProblem.MP3);
        } else if (GsmReader.begins(start, length)) {
            return new GsmReader(whole);
        } else if (begins(start, length, "fLaC")
                || begins(start, length, ".snd")
                || begins(start, length, "RF64")
                || begins(start, length, "FORM")
                || (length >= 8 && new String(start, 4, 4, StandardCharsets.ISO_8859_1).equals("ftyp"))) {
            throw new UnplayableException(VoicemailProblem.FORMAT);
        }
        throw new UnplayableException(VoicemailProblem.NO_SOUND);
    }

    private static boolean begins(byte[] start, int length, String with) {
        if (length < with.length()) {
            return false;
        }
        return new String(start, 0, with.length(), StandardCharsets.ISO_8859_1).equals(with);
    }

    /** ISO 11172-3 §2.4.1.3: eleven bits of sync word, then a version, a layer, a bit rate and a sampling rate that are not the reserved ones. */
    private static boolean isMpeg(byte[] start, int length) {
        return length >= 3
                && start[0] == (byte) 0xFF
                && (start[1] & 0xE0) == 0xE0
                && (start[1] & 0x18) != 0x08
                && (start[1] & 0x06) != 0
                && (start[2] & 0xF0) != 0xF0
                && (start[2] & 0x0C) != 0x0C;
    }
}
