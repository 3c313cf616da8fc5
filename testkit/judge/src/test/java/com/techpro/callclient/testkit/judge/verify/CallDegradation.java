// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.verify;

import com.techpro.callclient.testkit.judge.degrade.Amplitude;
import com.techpro.callclient.testkit.judge.degrade.Degradation;
import com.techpro.callclient.testkit.judge.degrade.PacketLoss;
import com.techpro.callclient.testkit.judge.degrade.PacketLoss.Concealment;
import com.techpro.callclient.testkit.judge.degrade.Timing;
import com.techpro.callclient.testkit.judge.speech.Recording;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechClip.Rate;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a call, done to what an ear of a right one hears: six seconds with a hold in the middle, 60 ms one way. */
enum CallDegradation {
    REPETITION("frames lost and repeated in their place, %") {
        @Override
        void applyTo(Call call, double level) {
            call.apply(PacketLoss.even(level).offset(call.at(FRAME)).concealedBy(Concealment.REPEAT));
        }
    },
    SILENCE("frames lost and silent in their place, %") {
        @Override
        void applyTo(Call call, double level) {
            call.apply(PacketLoss.even(level).offset(call.at(FRAME)));
        }
    },
    DELAY("one-way delay, ms") {
        @Override
        void applyTo(Call call, double level) {
            call.say(0, LENGTH, call.far, samples(level));
        }
    },
    QUIETER("quieter, dB") {
        @Override
        void applyTo(Call call, double level) {
            call.apply(Amplitude.gain(-level));
        }
    },
    LOUDER("louder, dB") {
        @Override
        void applyTo(Call call, double level) {
            call.apply(Amplitude.gain(level));
        }
    },
    CLIPPING("clipped, dB below the peak") {
        @Override
        void applyTo(Call call, double level) {
            call.apply(Amplitude.clipping(level));
        }
    },
    PITCH("pitch and speed raised, %") {
        @Override
        void applyTo(Call call, double level) {
            call.apply(Timing.faster(level));
        }
    },
    OWN_ECHO("own voice comes back, dB below the far end's") {
        @Override
        void applyTo(Call call, double level) {
            call.each((at, heard) -> heard + call.voice(call.own, at, 1600) / ratio(level));
        }
    },
    FAR_ECHO("the far voice twice, 200 ms apart, dB below itself") {
        @Override
        void applyTo(Call call, double level) {
            call.each((at, heard) -> heard + call.voice(call.far, at, ONE_WAY + 1600) / ratio(level));
        }
    },
    ANOTHER_VOICE("another voice in its place, ms") {
        @Override
        void applyTo(Call call, double level) {
            SpeechSource other = new SpeechSource(
                    call.far.clip(),
                    (call.far.start() + 20_000) % call.far.clip().length());
            call.say(MIDDLE, MIDDLE + samples(level), other, ONE_WAY);
        }
    },
    SWAPPED("directions swapped, so that an ear hears its own mouth, ms") {
        @Override
        void applyTo(Call call, double level) {
            call.say(MIDDLE, MIDDLE + samples(level), call.own, ONE_WAY);
        }
    },
    ONE_WAY_ONLY("nothing in one direction, ms") {
        @Override
        void applyTo(Call call, double level) {
            call.silence(MIDDLE, MIDDLE + samples(level));
        }
    },
    DEAD_SPEAKER("speaker dies and never comes back, ms before the end") {
        @Override
        void applyTo(Call call, double level) {
            call.heard = Arrays.copyOf(call.heard, call.at(LENGTH - samples(level)));
        }
    },
    DEAD_MICROPHONE("microphone dies and never comes back, ms before the end") {
        @Override
        void applyTo(Call call, double level) {
            call.silence(LENGTH - samples(level), LENGTH);
        }
    },
    CLIPPED_ANSWER("first word after the answer clipped, ms") {
        @Override
        void applyTo(Call call, double level) {
            call.silence(0, ONE_WAY + samples(level));
        }
    },
    CLIPPED_RESUME("first word after a hold clipped, ms") {
        @Override
        void applyTo(Call call, double level) {
            call.silence(RESUMED, RESUMED + ONE_WAY + samples(level));
        }
    },
    LATE_SPEAKER("speaker begins late, ms") {
        @Override
        void applyTo(Call call, double level) {
            call.startsAt = ONE_WAY + samples(level);
        }
    };

    static final int FRAME = SpeechClip.FRAME;
    static final int SECOND = SpeechClip.SAMPLE_RATE;
    /** Of the call, on the audio clock. */
    static final int BEGIN = 3 * SECOND;

    static final int HELD = 3 * SECOND;
    static final int RESUMED = 4 * SECOND;
    static final int MIDDLE = 5 * SECOND;
    static final int LENGTH = 7 * SECOND;
    static final int ONE_WAY = 60 * SECOND / 1000;

    final String title;

    CallDegradation(String title) {
        this.title = title;
    }

    abstract void applyTo(Call call, double level);

    private static double ratio(double decibels) {
        return Math.pow(10, decibels / 20);
    }

    private static int samples(double millis) {
        return (int) (millis * SECOND / 1000);
    }

    /** One ear of one call. */
    static final class Call {
        final SpeechSource far;
        final SpeechSource own;
        short[] heard;
        int startsAt;
        private final Rate rate;
        private final Fidelity fidelity;
        private final short @Nullable [] coded;

        /** In G.711, but for what G.711 itself does. */
        Call(SpeechClip clip, int start) {
            this(clip, start, Rate.NARROWBAND, Fidelity.TELEPHONE, null);
        }

        /** @param coded the whole clip as a codec makes it */
        private Call(SpeechClip clip, int start, Rate rate, Fidelity fidelity, short @Nullable [] coded) {
            this.rate = rate;
            this.fidelity = fidelity;
            this.coded = coded;
            heard = new short[at(LENGTH)];
            far = new SpeechSource(clip, start);
            own = new SpeechSource(clip, (start + clip.length() / 2) % clip.length());
            say(0, LENGTH, far, ONE_WAY);
            silence(HELD + ONE_WAY, RESUMED);
        }

        /** Calls in which somebody speaks when the answer and the resume come: only then is there a first word to be clipped. */
        static List<Call> some(SpeechClip clip, int count) {
            return some(clip, count, start -> new Call(clip, start));
        }

        /** Such calls over a codec; each packet of it begins where {@code firstPacket} says, in samples of 8 kHz. */
        static List<Call> some(SpeechClip clip, int count, CodedSpeech codec, int firstPacket) {
            short[] coded = codec.loop(clip, firstPacket);
            return some(clip, count, start -> new Call(clip, start, Rate.WIDEBAND, codec.fidelity, coded));
        }

        private static List<Call> some(SpeechClip clip, int count, IntFunction<Call> from) {
            List<Call> calls = new ArrayList<>();
            for (int start = 0; calls.size() < count; start = (start + 1_237) % clip.length()) {
                Call call = from.apply(start);
                if (call.speaks(0) && call.speaks(RESUMED)) {
                    calls.add(call);
                }
            }
            return calls;
        }

        /** Where a sample of 8 kHz is in what was heard. */
        int at(int sample) {
            return sample * rate.factor();
        }

        private boolean speaks(int from) {
            for (int at = from; at < from + 6 * FRAME; at += FRAME) {
                double sum = 0;
                for (int i = at; i < at + FRAME; i++) {
                    sum += Math.pow(far.at(BEGIN + i), 2);
                }
                if (Math.sqrt(sum / FRAME) < 2 * far.clip().pauseLevel()) {
                    return false;
                }
            }
            return true;
        }

        void say(int from, int to, SpeechSource who, int delay) {
            for (int i = at(from); i < at(to); i++) {
                heard[i] = (short) voice(who, i, delay);
            }
        }

        /** What is said after the hold is coded anew; its first packets are never decoded. */
        void resume(CodedSpeech codec, int missed) {
            short[] resumed = codec.resumed(far, (long) BEGIN + RESUMED, LENGTH - RESUMED - ONE_WAY, missed);
            System.arraycopy(resumed, 0, heard, at(RESUMED + ONE_WAY), resumed.length);
        }

        void silence(int from, int to) {
            Arrays.fill(heard, at(from), at(to), (short) 0);
        }

        /** Of somebody in this call, at a sample of what is heard. */
        double voice(SpeechSource who, int index, int delay) {
            long said = at(BEGIN - delay) + (long) index;
            return coded == null ? who.at(rate, said) : coded[Math.floorMod(said + at(who.start()), coded.length)];
        }

        double peak() {
            double most = 0;
            for (short sample : heard) {
                most = Math.max(most, Math.abs(sample));
            }
            return most;
        }

        void apply(Degradation degradation) {
            heard = degradation.applyTo(heard, rate.hertz());
        }

        void each(Sample change) {
            for (int i = 0; i < heard.length; i++) {
                double changed = Math.rint(change.of(i, heard[i]));
                heard[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, changed));
            }
        }

        SpeechVerdict judged() {
            short[] played = Arrays.copyOfRange(heard, at(startsAt), heard.length);
            List<Period> due = List.of(new Period(BEGIN, BEGIN + HELD), new Period(BEGIN + RESUMED, BEGIN + LENGTH));
            return new CallCheck(SpeechLimits.CLEAN)
                    .speech(new CallCheck.Ear(
                            far,
                            new Recording(played, rate, (long) BEGIN + startsAt, List.of()),
                            due,
                            List.of(),
                            fidelity,
                            Duration.ZERO));
        }
    }

    interface Sample {
        double of(int at, double heard);
    }
}
