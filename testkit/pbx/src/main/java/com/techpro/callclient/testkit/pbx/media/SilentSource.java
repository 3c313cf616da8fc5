// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import java.nio.ByteBuffer;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Says nothing, and reports that it hears: RTCP and never RTP. */
public final class SilentSource implements MediaSource {
    private final MediaPlane plane;
    private final Random random;

    // Of the media loop:
    private @Nullable RtcpTerminal terminal;

    public SilentSource(MediaPlane plane, Random random) {
        this.plane = plane;
        this.random = random;
    }

    @Override
    public void speak(MediaPort port, VoiceFormat format) {
        plane.loop().execute(() -> {
            if (terminal == null) {
                terminal = new RtcpTerminal(plane.loop(), port, random, random.nextInt());
                terminal.start();
            }
        });
    }

    @Override
    public void rtp(ByteBuffer packet) {
        if (terminal != null && packet.remaining() >= 12) {
            terminal.received(packet);
        }
    }

    @Override
    public void rtcp(ByteBuffer packet) {
        if (terminal != null) {
            terminal.reported(packet);
        }
    }

    @Override
    public void close() {
        plane.loop().execute(() -> {
            if (terminal != null) {
                terminal.stop();
            }
        });
    }
}
