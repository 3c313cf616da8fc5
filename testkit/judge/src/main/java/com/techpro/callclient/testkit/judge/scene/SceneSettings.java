// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.scene;

/** What happens in a scene. {@link Scenes} fills it in, and nothing changes it later. */
public final class SceneSettings {
    /** The families of scenes. */
    public enum Kind {
        ROOM,
        LOUDSPEAKER_WITH_MEMORY,
        CLIPPING_LOUDSPEAKER,
        TONES,
        MUSIC,
        WEAK_AND_LATE,
        DRIFT,
        DELAY_JUMP,
        SKIPS,
        MOVING,
        CLIPPED_MICROPHONE,
        QUIET_MICROPHONE,
        RATE_44100,
        RATE_48000,
        DOUBLE_TALK,
        LOUD_DOUBLE_TALK,
        NOISY_ECHO,
        NOISE,
        TYPING,
        HEADSET
    }

    /** What the noise is like. */
    enum NoiseKind {
        WHITE,
        FAN,
        STREET,
        KEYS
    }

    /** What the far end sends. */
    enum FarEnd {
        SPEECH,
        TONES,
        MUSIC
    }

    /** How a loudspeaker distorts. */
    enum Speaker {
        LINEAR,
        MEMORY,
        LIMITER,
        CLIPPING
    }

    final Kind kind;
    /** Of all that is random. */
    final long seed;

    int sampleRate = Sounds.RATE;
    FarEnd farEnd = FarEnd.SPEECH;
    /** Whether the microphone hears the loudspeaker at all. */
    boolean echo = true;

    Speaker speaker = Speaker.LINEAR;
    /** How strongly it distorts: 0 not, 1 strongly. */
    double drive;
    /** Of the room, in seconds to -60 dB. */
    double decay = 0.2;
    /** The level of the echo against the far end's, as a factor. */
    double echoGain = 0.4;
    /** Of the devices, in seconds. */
    double delay = 0.08;
    /** By which the delay changes at {@link EchoPath#EVENT}, in seconds. */
    double jump;
    /** Of the clocks, in parts of a million. */
    double drift;
    /** Every two seconds the loudspeaker stands still for 20 ms if 1, leaves out 20 ms if -1. */
    int skip;
    /** Of the microphone, in metres a second. */
    double speed;
    /** Below speech, in decibels; infinite for none. */
    double noise = Double.POSITIVE_INFINITY;

    NoiseKind noiseKind = NoiseKind.FAN;
    /** Of the microphone's amplifier, as a factor. */
    double microphoneGain = 1;
    /** When the user begins to speak, in seconds. */
    double nearFrom = 14;
    /** The user's share of the time from then on. */
    double doubleTalk = 0.4;
    /** The level of the user's speech against the usual, as a factor. */
    double nearGain = 1;

    SceneSettings(Kind kind, long seed) {
        this.kind = kind;
        this.seed = seed;
    }

    /** The family, for tables. */
    public Kind kind() {
        return kind;
    }
}
