// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

/** Is told of each RTP packet between phones and the PBX, in clear text. On the media loop, in the order in which they came and went. */
public interface RtpTap {
    /** A packet that came, or that was sent; one that a fault lost is not told. */
    void rtp(TappedRtp packet);
}
