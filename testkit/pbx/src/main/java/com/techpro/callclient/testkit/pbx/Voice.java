// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

/** What the PBX itself says in a call. */
interface Voice extends PacketSink, AutoCloseable {
    /**
     * Speaks through a port from now on.
     *
     * @param payloadType of the law to speak in
     * @param aLaw which of the two it is
     */
    void speak(MediaPort port, int payloadType, boolean aLaw);

    @Override
    void close();
}
