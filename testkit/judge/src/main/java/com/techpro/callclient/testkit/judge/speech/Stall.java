// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.speech;

/**
 * A time in which the machine held up something required for audio.
 *
 * @param from in samples since the start of the audio clock
 * @param cost how much of that time is proven not to be caused by this program, in samples
 */
public record Stall(long from, long to, long cost) {}
