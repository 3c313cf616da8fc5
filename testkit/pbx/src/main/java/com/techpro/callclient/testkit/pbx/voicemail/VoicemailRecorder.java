// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.voicemail;

import com.techpro.callclient.testkit.pbx.media.Announcement;
import com.techpro.callclient.testkit.pbx.media.FrameClock;
import com.techpro.callclient.testkit.pbx.media.ProgrammeSource;
import com.techpro.callclient.testkit.pbx.sound.Prompts;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Greets a caller and records the message, until {@code #}, the limit, or the end of the call.
 * Media loop only.
 *
 * <pre>
 *   Greeting --(over, or any key)--> Beep --(over)--> Recording --(#, limit)--> Thanks --(over)--> hangs up
 *                                                         +------(call ends)------> kept
 * </pre>
 */
final class VoicemailRecorder implements ProgrammeSource.Programme {
    private final Consumer<short[]> kept;
    private final Runnable hangUp;
    private final short[] frame = new short[FrameClock.SAMPLES];
    private final int most;
    private State state = State.GREETING;
    private Announcement saying;
    private short[] samples = new short[10 * FrameClock.RATE];
    private int length;

    /**
     * @param greeting played before the beep; a key skips it
     * @param kept receives the recording, once
     * @param hangUp called when there is nothing more to play
     */
    VoicemailRecorder(short[] greeting, Duration longest, Consumer<short[]> kept, Runnable hangUp) {
        this.saying = new Announcement(greeting);
        this.kept = kept;
        this.hangUp = hangUp;
        this.most = (int) (longest.toMillis() * FrameClock.RATE / 1000);
    }

    private enum State {
        GREETING,
        BEEP,
        RECORDING,
        THANKS,
        OVER
    }

    @Override
    public void began(ProgrammeSource station) {}

    @Override
    public void frame(ProgrammeSource station) {
        saying.say(station);
        station.hear(frame);
        switch (state) {
            case GREETING -> {
                if (saying.over()) {
                    turn(State.BEEP, Prompts.BEEP);
                }
            }
            case BEEP -> {
                if (saying.over()) {
                    state = State.RECORDING;
                }
            }
            case RECORDING -> {
                // A caller's pause is part of the message; frames continue, silent.
                keep();
                if (length >= most) {
                    finish();
                }
            }
            case THANKS -> {
                if (saying.over()) {
                    state = State.OVER;
                    hangUp.run();
                }
            }
            case OVER -> {
                // The BYE is on its way.
            }
        }
    }

    @Override
    public void key(ProgrammeSource station, char key) {
        if (state == State.GREETING) {
            turn(State.BEEP, Prompts.BEEP);
        } else if (state == State.RECORDING && key == '#') {
            finish();
        }
    }

    @Override
    public void ended(ProgrammeSource station) {
        if (state == State.RECORDING) {
            // Reads frames that have arrived but were not yet due.
            while (station.hear(frame) && length < most) {
                keep();
            }
            deliver();
        }
        state = State.OVER;
    }

    private void finish() {
        deliver();
        turn(State.THANKS, Prompts.THANKS);
    }

    private void turn(State next, short[] prompt) {
        state = next;
        saying = new Announcement(prompt);
    }

    private void keep() {
        if (length + frame.length > samples.length) {
            samples = Arrays.copyOf(samples, 2 * samples.length);
        }
        System.arraycopy(frame, 0, samples, length, frame.length);
        length += frame.length;
    }

    private void deliver() {
        kept.accept(Arrays.copyOf(samples, Math.min(length, most)));
    }
}
