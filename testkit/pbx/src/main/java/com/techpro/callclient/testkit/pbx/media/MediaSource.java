// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

/** What the PBX itself says in a call. */
public interface MediaSource extends PacketSink, AutoCloseable {
    /** Speaks through a port from now on, or in another format than before. */
    void speak(MediaPort port, VoiceFormat format);

    @Override
    void close();
}
