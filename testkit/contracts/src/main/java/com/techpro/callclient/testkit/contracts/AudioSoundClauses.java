// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static com.techpro.callclient.testkit.contracts.ClauseSkips.require;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.testkit.contracts.AudioRecord.Microphone;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The clauses of {@link AudioPortContract} about the sound itself; they need a loopback. */
public abstract class AudioSoundClauses extends AudioUnderTest {
    @Test
    @OptionalClause("loopback")
    void AUD_1_tones_played_are_the_tones_captured() throws Exception {
        require(hasLoopback(), "loopback");
        Microphone microphone = new Microphone();
        ProbeTones tones = new ProbeTones(format());
        capture(port(), microphone);
        playback(port(), speaker(tones));

        // One unbroken second: a stall of the machine breaks the tones once, not permanently.
        await("the tones that are played are captured for a second, as loud, clean and unbroken", () -> {
            tones.hear(microphone.from(tones.frames()));
            return tones.cleanFrames() >= UNBROKEN_FRAMES;
        });
    }

    @Test
    @OptionalClause("loopback")
    void AUD_5_sound_from_before_the_microphone_opened_is_not_heard_later() throws Exception {
        require(hasLoopback(), "loopback");
        AudioPort port = port();
        var loud = speaker(Sound.tone(HERTZ, AMPLITUDE));
        AudioStream speaker = playback(port, loud);
        await(() -> loud.frames() >= 40);
        speaker.close();
        var quiet = speaker(Sound.SILENCE);
        playback(port, quiet);
        await(() -> quiet.frames() >= 50);

        var microphone = new Microphone();
        capture(port, microphone);
        await(() -> microphone.frames() >= 20);

        assertThat(toneIn(microphone.last(20))).isLessThan(AMPLITUDE * 0.05);
    }

    @Test
    @OptionalClause("loopback")
    void AUD_5_sound_that_is_played_is_captured_soon() throws Exception {
        require(hasLoopback(), "loopback");
        AtomicBoolean audible = new AtomicBoolean();
        Sound tone = Sound.tone(HERTZ, AMPLITUDE);
        Microphone microphone = new Microphone();
        capture(port(), microphone);
        playback(port(), speaker((index, rate) -> audible.get() ? tone.at(index, rate) : 0));
        Duration shortest = longestDelay();
        // One stall of the machine does not mean that sound always waits.
        for (int i = 0; i < 3; i++) {
            audible.set(false);
            int frames = microphone.frames();
            await(() -> microphone.frames() >= frames + 50 && toneIn(microphone.last(20)) < AMPLITUDE * 0.05);
            long start = nanoTime();
            audible.set(true);
            await("the tone that is played is captured", () -> toneIn(microphone.last(2)) > AMPLITUDE / 2);
            Duration delay = Duration.ofNanos(nanoTime() - start);
            shortest = delay.compareTo(shortest) < 0 ? delay : shortest;
        }

        assertThat(shortest).as("shortest of three").isLessThan(longestDelay());
    }

    @Test
    @OptionalClause("loopback")
    void AUD_8_a_muted_microphone_is_silent_and_keeps_its_pace() throws Exception {
        require(hasLoopback(), "loopback");
        var microphone = new Microphone();
        AudioStream stream = capture(port(), microphone);
        playback(port(), speaker(Sound.tone(HERTZ, AMPLITUDE)));
        await("the tone that is played is captured", () -> toneIn(microphone.last(20)) > AMPLITUDE / 2);

        stream.setMuted(true);
        int frames = microphone.frames();
        await(() -> microphone.frames() >= frames + 30);
        assertThat(microphone.last(20)).as("samples while muted are 0").containsOnly((short) 0);

        stream.setMuted(false);
        await("the tone that is played is captured", () -> toneIn(microphone.last(20)) > AMPLITUDE / 2);
    }

    @Test
    @OptionalClause("loopback")
    void AUD_8_a_muted_speaker_fetches_frames_and_plays_none() throws Exception {
        require(hasLoopback(), "loopback");
        var microphone = new Microphone();
        capture(port(), microphone);
        var speaker = speaker(Sound.tone(HERTZ, AMPLITUDE));
        AudioStream stream = playback(port(), speaker);
        await("the tone that is played is captured", () -> toneIn(microphone.last(20)) > AMPLITUDE / 2);

        stream.setMuted(true);
        int frames = speaker.frames();
        await(() -> speaker.frames() >= frames + 30);
        await("the tone of the muted speaker is gone", () -> toneIn(microphone.last(20)) < AMPLITUDE * 0.05);
    }
}
