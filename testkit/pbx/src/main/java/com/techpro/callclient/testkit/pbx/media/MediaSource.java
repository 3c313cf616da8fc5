// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

/** Audio that the PBX itself sends in a call. */
public interface MediaSource extends PacketSink, AutoCloseable {
    /** Sends through this port from now on, or changes the format. */
    void speak(MediaPort port, VoiceFormat format);

    @Override
    void close();
}
