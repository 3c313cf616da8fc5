// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

/**
 * Receives a copy of each RTP packet between phones and the PBX, in clear text. Called on the media
 * loop, in the order of packets.
 */
public interface RtpTap {
    /** A packet was received or sent. Packets lost by a fault are not reported. */
    void rtp(TappedRtp packet);
}
