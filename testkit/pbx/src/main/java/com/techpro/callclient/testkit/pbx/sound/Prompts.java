// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.sound;

import com.techpro.callclient.testkit.pbx.media.FrameClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * The PBX's prompts as tones: independent of language, and easy for tests to tell apart. Their
 * pitches are no harmonics of each other, nor of the tones that tests send. Only the voicemail
 * greeting is speech, unless it has to be quick.
 */
public final class Prompts {
    public static final short[] ENTER_PIN = join(tone(660, 200), silence(100), tone(660, 200));
    public static final short[] TONE_GREETING = join(tone(520, 300), tone(700, 300), tone(870, 300), silence(300));
    public static final short[] BEEP = join(tone(1_000, 300));
    public static final short[] THANKS = join(tone(870, 150), tone(520, 150));
    public static final short[] WRONG = join(tone(300, 400));

    private static final String GREETING = "greeting.wav";
    private static final double AMPLITUDE = 8_000;
    private static final int RAMP = 80;

    private Prompts() {}

    /** Speech of five seconds. */
    public static short[] greeting() {
        return Spoken.GREETING;
    }

    /** Loaded at the first greeting. */
    private static final class Spoken {
        private static final short[] GREETING = read();

        private static short[] read() {
            try (InputStream file =
                    Objects.requireNonNull(Prompts.class.getResourceAsStream(Prompts.GREETING), Prompts.GREETING)) {
                return WavFile.read(file.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public static short[] tone(double hertz, int millis) {
        short[] samples = silence(millis);
        for (int i = 0; i < samples.length; i++) {
            double swell = Math.min(1, Math.min(i, samples.length - i) / (double) RAMP);
            samples[i] = (short) (AMPLITUDE * swell * Math.sin(2 * Math.PI * hertz * i / FrameClock.RATE));
        }
        return samples;
    }

    /** Returns this many beeps. */
    public static short[] beeps(int count) {
        short[] all = {};
        for (int i = 0; i < count; i++) {
            all = join(all, tone(1_000, 150), silence(150));
        }
        return all;
    }

    static short[] silence(int millis) {
        return new short[millis * FrameClock.RATE / 1000];
    }

    public static short[] join(short[]... parts) {
        int length = 0;
        for (short[] part : parts) {
            length += part.length;
        }
        short[] whole = new short[length];
        int at = 0;
        for (short[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }
}
