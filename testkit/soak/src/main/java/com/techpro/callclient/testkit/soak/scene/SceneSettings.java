// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.scene;

/**
 * What happens in a scene.
 *
 * @param kind the family, for tables
 * @param seed of all that is random
 * @param echo whether the microphone hears the loudspeaker at all
 * @param decay of the room, in seconds to -60 dB
 * @param reverberation its energy against the direct sound's
 * @param echoGain from the loudspeaker's samples to the microphone's
 * @param delay of the devices, in seconds
 * @param jump by which the delay changes in the middle, in seconds
 * @param drift of the clocks, in parts of a million
 * @param distortion of the loudspeaker: 0 none, 1 strong
 * @param movement the room's share that changes in the middle, or steadily
 * @param steady whether it moves all the time
 * @param noise below speech, in decibels; infinite for none
 * @param noiseKind which
 * @param doubleTalk the user's share of the time
 * @param music whether the loudspeaker plays music
 */
public record SceneSettings(
        Kind kind,
        long seed,
        boolean echo,
        double decay,
        double reverberation,
        double echoGain,
        double delay,
        double jump,
        double drift,
        double distortion,
        double movement,
        boolean steady,
        double noise,
        NoiseKind noiseKind,
        double doubleTalk,
        boolean music) {
    /** The families of scenes. */
    public enum Kind {
        ROOM,
        DISTORTION,
        MOVING,
        DELAY_JUMP,
        DRIFT,
        DOUBLE_TALK,
        NOISY_ECHO,
        MUSIC,
        NOISE,
        HEADSET
    }

    /** What the noise is like. */
    public enum NoiseKind {
        WHITE,
        FAN,
        STREET
    }

    static SceneSettings plain(Kind kind, long seed) {
        return new SceneSettings(
                kind,
                seed,
                true,
                0.2,
                0.3,
                0.4,
                0.08,
                0,
                0,
                0,
                0,
                false,
                Double.POSITIVE_INFINITY,
                NoiseKind.FAN,
                0,
                false);
    }

    SceneSettings withRoom(double newDecay, double newReverberation, double newGain, double newDelay) {
        return new SceneSettings(
                kind,
                seed,
                echo,
                newDecay,
                newReverberation,
                newGain,
                newDelay,
                jump,
                drift,
                distortion,
                movement,
                steady,
                noise,
                noiseKind,
                doubleTalk,
                music);
    }

    SceneSettings withClock(double newJump, double newDrift) {
        return new SceneSettings(
                kind,
                seed,
                echo,
                decay,
                reverberation,
                echoGain,
                delay,
                newJump,
                newDrift,
                distortion,
                movement,
                steady,
                noise,
                noiseKind,
                doubleTalk,
                music);
    }

    SceneSettings withPath(double newDistortion, double newMovement, boolean newSteady) {
        return new SceneSettings(
                kind,
                seed,
                echo,
                decay,
                reverberation,
                echoGain,
                delay,
                jump,
                drift,
                newDistortion,
                newMovement,
                newSteady,
                noise,
                noiseKind,
                doubleTalk,
                music);
    }

    SceneSettings withSound(double newNoise, NoiseKind newKind, double newDoubleTalk, boolean newMusic) {
        return new SceneSettings(
                kind,
                seed,
                echo,
                decay,
                reverberation,
                echoGain,
                delay,
                jump,
                drift,
                distortion,
                movement,
                steady,
                newNoise,
                newKind,
                newDoubleTalk,
                newMusic);
    }

    SceneSettings withoutEcho() {
        return new SceneSettings(
                kind,
                seed,
                false,
                decay,
                reverberation,
                echoGain,
                delay,
                jump,
                drift,
                distortion,
                movement,
                steady,
                noise,
                noiseKind,
                doubleTalk,
                music);
    }
}
