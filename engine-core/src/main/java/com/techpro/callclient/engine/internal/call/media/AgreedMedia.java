// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.media;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.Keying;
import com.techpro.callclient.stack.media.MediaParameters;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed, without keys.
 *
 * @param suite null without encryption, and before the handshake
 */
record AgreedMedia(
        String codec, @Nullable SrtpSuite suite, PayloadFormat format, int packetMillis, InetSocketAddress remote) {

    static AgreedMedia of(MediaParameters agreed, @Nullable AgreedMedia before) {
        SrtpSuite suite = null;
        if (agreed.keying() instanceof Keying.Sdes keys) {
            suite = keys.local().suite();
        } else if (agreed.keying() instanceof Keying.Dtls && before != null) {
            // The handshake reports the cipher later; until then the old one stays.
            suite = before.suite();
        }
        return new AgreedMedia(
                agreed.codec().encodingName(), suite, agreed.codec(), agreed.packetMillis(), agreed.remoteRtp());
    }

    AgreedMedia with(SrtpSuite now) {
        return new AgreedMedia(codec, now, format, packetMillis, remote);
    }

    /** Without the far end's address. */
    @Override
    public String toString() {
        return "AgreedMedia[" + codec + "]";
    }
}
