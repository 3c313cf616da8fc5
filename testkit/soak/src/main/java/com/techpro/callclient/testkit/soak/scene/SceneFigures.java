// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.scene;

/**
 * What a voice processor made of a scene. Decibels; NaN where the scene does not ask.
 *
 * @param erle1 echo return loss enhancement in the second after the first second of echo: how much quieter the
 *     loudspeaker's sound is in the output, without the user's speech; at most 45
 * @param erle3 after three seconds
 * @param erle10 at ten seconds
 * @param again in the second that begins half a second after the event
 * @param late in the pauses of the user's speech
 * @param distance log-spectral, between the user's speech in the output and alone
 * @param segmental segmental signal-to-noise ratio of the user's speech in the output, -10 to 35
 * @param quieter by how much noise is reduced in pauses
 * @param attenuation of the user's speech
 * @param latency of the output, in milliseconds
 */
public record SceneFigures(
        double erle1,
        double erle3,
        double erle10,
        double again,
        double late,
        double distance,
        double segmental,
        double quieter,
        double attenuation,
        double latency) {}
