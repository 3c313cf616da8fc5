// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.testkit.contracts.ForwardingLoop;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.judge.speech.Recording;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.judge.verify.CallCheck;
import com.techpro.callclient.testkit.judge.verify.SilenceVerdict;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.soak.audio.AudioClock;
import com.techpro.callclient.testkit.soak.audio.SoakAudio;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A sound card that is late plays what is there when it plays, under the time at which that was due. */
class CallLegTest {
    private static final Duration LATE = Duration.ofMillis(300);
    private static final AudioStreamListener NOBODY = new AudioStreamListener() {
        @Override
        public void interrupted(String reason) {}

        @Override
        public void restored() {}
    };

    @Test
    void late_playback_after_a_resume_does_not_count_as_media_on_hold() throws Exception {
        try (VirtualTime time = VirtualTime.seeded(1)) {
            LateLoop loop = new LateLoop(time.openLoop("audio"));
            AudioClock clock = new AudioClock(loop);
            SpeechSource talk = new SpeechSource(SpeechClip.builtIn(), 1000);
            SoakAudio audio = new SoakAudio(clock, talk, 10);
            CallLeg leg = new CallLeg(new Extension(0, "1001", MediaChoice.PLAIN, null), talk, audio);
            boolean[] onHold = {false};
            AudioStream speaker = audio.openPlayback(
                    null, AudioFormat.NARROWBAND, frame -> Arrays.fill(frame, (short) (onHold[0] ? 0 : 999)), NOBODY);
            time.advance(Duration.ofSeconds(1));

            // When the call is on hold for two seconds, at whose end the card falls behind
            onHold[0] = true;
            leg.silence.begin(clock.position());
            time.advance(Duration.ofMillis(1_900));
            loop.late = true;
            time.advance(Duration.ofMillis(200));
            leg.nothingDue(clock);
            onHold[0] = false;
            time.advance(Duration.ofSeconds(1));

            // Then it has played the resumed sound in the hold's time, and yet nobody was heard on hold
            List<Recording> heard = new ArrayList<>();
            audio.recording(heard::add);
            time.advance(Duration.ofSeconds(1));
            Recording recording = heard.get(0);
            int resumedAt = (int) (3.05 * SpeechClip.SAMPLE_RATE - recording.from());
            assertThat(recording.samples()[resumedAt]).isEqualTo((short) 999);
            SilenceVerdict verdict = new CallCheck(SpeechLimits.CLEAN)
                    .onHold(new CallCheck.Ear(talk, recording, List.of(), leg.silence.periods()));
            assertThat(verdict.outcome()).isEqualTo(SilenceVerdict.Outcome.SILENT);
            assertThat(verdict.judged()).isGreaterThan(Duration.ofSeconds(1));
            speaker.close();
            clock.close();
        }
    }

    /** A loop whose timers run late once. */
    private static final class LateLoop extends ForwardingLoop {
        private boolean late;

        LateLoop(Loop loop) {
            super(loop);
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            Duration more = late ? LATE : Duration.ZERO;
            late = false;
            return super.schedule(delay.plus(more), task);
        }
    }
}
