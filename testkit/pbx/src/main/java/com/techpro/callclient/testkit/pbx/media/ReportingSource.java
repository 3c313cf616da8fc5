// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import java.nio.ByteBuffer;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A source that sends RTCP reports (RFC 3550 §6) about what it sends and receives, with a BYE at
 * the end.
 */
abstract class ReportingSource implements MediaSource {
    final MediaPlane plane;
    final Random random;

    // Owned by the media loop:
    private @Nullable RtcpTerminal terminal;

    ReportingSource(MediaPlane plane, Random random) {
        this.plane = plane;
        this.random = random;
    }

    /**
     * Returns the RTCP session of this source; reports begin with the first call. On the media
     * loop.
     */
    final RtcpTerminal reports(MediaPort port, int ssrc) {
        if (terminal == null) {
            terminal = new RtcpTerminal(plane.loop(), port, random, ssrc);
            terminal.start();
        }
        return terminal;
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
    public final void close() {
        plane.loop().execute(this::stop);
    }

    /** Runs on the media loop. */
    void stop() {
        if (terminal != null) {
            terminal.stop();
        }
    }
}
