// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import org.jspecify.annotations.Nullable;

/** The RTP profiles we speak. Feedback (RFC 4585) is accepted by name: nothing obliges us to send any. */
enum RtpProfile {
    AVP("RTP/AVP", false),
    AVPF("RTP/AVPF", false),
    SAVP("RTP/SAVP", true),
    SAVPF("RTP/SAVPF", true),
    /** With keys by DTLS (RFC 5764 §8). */
    DTLS_SAVP("UDP/TLS/RTP/SAVP", true),
    DTLS_SAVPF("UDP/TLS/RTP/SAVPF", true);

    private final String protocol;
    private final boolean secure;

    RtpProfile(String protocol, boolean secure) {
        this.protocol = protocol;
        this.secure = secure;
    }

    boolean secure() {
        return secure;
    }

    static @Nullable RtpProfile of(String protocol) {
        for (RtpProfile profile : values()) {
            if (profile.protocol.equalsIgnoreCase(protocol)) {
                return profile;
            }
        }
        return null;
    }
}
