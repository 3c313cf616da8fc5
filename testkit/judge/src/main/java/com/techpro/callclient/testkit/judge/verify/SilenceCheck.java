// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.verify;

import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.judge.verify.SilenceVerdict.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Checks that an end heard nothing while silence was due, and otherwise whose voice it heard. */
public final class SilenceCheck {
    /** -60 dB of full scale. The least step of G.711 is 8, or -72 dB. */
    private static final double AUDIBLE = 32;

    private static final double RESEMBLES = 0.4;
    private static final Duration LEAST_JUDGED = Duration.ofMillis(200);

    /**
     * Judges one end.
     *
     * @param said what the far side said all along, to recognise its voice
     * @param heardAt the sample number of the speech that the far microphone took when the first
     *     heard sample was played
     * @param quiet when, within {@code heard}, silence was due; after its end nothing was played,
     *     which counts as silence
     */
    public SilenceVerdict judge(SpeechSource said, short[] heard, long heardAt, List<Span> quiet) {
        int frames = 0;
        int audible = 0;
        boolean voice = false;
        int first = 0;
        int last = 0;
        int before = 0;
        for (Span span : quiet) {
            frames += (span.to() - span.from()) / SpeechClip.FRAME;
            int there = Math.min(span.to(), heard.length);
            int loud = 0;
            for (int at = span.from(); at + SpeechClip.FRAME <= there; at += SpeechClip.FRAME) {
                if (rms(heard, at) > AUDIBLE) {
                    last = before + (at - span.from()) / SpeechClip.FRAME;
                    first = audible + loud == 0 ? last : first;
                    loud++;
                }
            }
            audible += loud;
            before = frames;
            voice |= loud > 0 && isVoice(said, Arrays.copyOfRange(heard, span.from(), there), heardAt + span.from());
        }
        return new SilenceVerdict(
                outcome(frames, audible, voice), time(frames), time(audible), time(first), time(last));
    }

    private static Outcome outcome(int frames, int audible, boolean voice) {
        if (audible > 0) {
            return voice ? Outcome.VOICE : Outcome.OTHER_SOUND;
        }
        return time(frames).compareTo(LEAST_JUDGED) < 0 ? Outcome.TOO_SHORT : Outcome.SILENT;
    }

    private static boolean isVoice(SpeechSource said, short[] heard, long heardAt) {
        return new Alignment(said, heard, heardAt).acquire(0).correlation() >= RESEMBLES;
    }

    private static double rms(short[] samples, int from) {
        double sum = 0;
        for (int i = from; i < from + SpeechClip.FRAME; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return Math.sqrt(sum / SpeechClip.FRAME);
    }

    private static Duration time(int frames) {
        return Duration.ofMillis(frames * 20L);
    }
}
