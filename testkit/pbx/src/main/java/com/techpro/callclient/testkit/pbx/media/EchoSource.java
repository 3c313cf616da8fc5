// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import java.nio.ByteBuffer;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Echoes what it receives under its own SSRC: a device would take its own SSRC for a loop. */
public final class EchoSource extends ReportingSource {
    private final int mask;

    // Owned by the media loop:
    private @Nullable MediaPort port;

    public EchoSource(MediaPlane plane, Random random) {
        super(plane, random);
        this.mask = random.nextInt() | 1;
    }

    @Override
    public void speak(MediaPort chosen, VoiceFormat format) {
        plane.loop().execute(() -> port = chosen);
    }

    @Override
    public void rtp(ByteBuffer packet) {
        MediaPort back = port;
        if (back == null || packet.remaining() < 12) {
            return;
        }
        int own = packet.getInt(packet.position() + 8) ^ mask;
        RtcpTerminal reports = reports(back, own);
        reports.received(packet);
        reports.sent(packet.getInt(packet.position() + 4), packet.remaining() - 12);
        packet.putInt(packet.position() + 8, own);
        back.sendRtp(packet);
    }

    @Override
    void stop() {
        super.stop();
        port = null;
    }
}
