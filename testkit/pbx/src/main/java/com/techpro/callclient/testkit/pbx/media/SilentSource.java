// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import java.util.Random;

/** Sends RTCP but no RTP. */
public final class SilentSource extends ReportingSource {
    private final int ssrc;

    public SilentSource(MediaPlane plane, Random random) {
        super(plane, random);
        this.ssrc = random.nextInt();
    }

    @Override
    public void speak(MediaPort port, VoiceFormat format) {
        plane.loop().execute(() -> reports(port, ssrc));
    }
}
