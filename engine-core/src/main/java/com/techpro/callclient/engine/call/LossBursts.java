// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import java.time.Duration;

/**
 * How packets went missing: a burst begins and ends with a missing packet and has fewer than 16 played ones in a row;
 * the time between bursts is a gap (RFC 3611 §4.7.2). Packets that came too late to be played count as missing.
 *
 * @param lossPercentInBursts missing packets, of those of bursts; 0 without bursts
 * @param burstLength the mean length of bursts; zero without bursts
 * @param lossPercentInGaps missing packets, of those of gaps
 * @param gapLength the mean length of gaps
 * @param ratio how much longer the runs of missing packets are than independent losses would make them (ITU-T G.107); 1
 *     to 8
 */
public record LossBursts(
        double lossPercentInBursts, Duration burstLength, double lossPercentInGaps, Duration gapLength, double ratio) {}
