// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.testkit.pbx.media.Sdp;
import org.jspecify.annotations.Nullable;

/** Reads the SDP bodies of messages. */
final class SdpBody {
    private SdpBody() {}

    /** Returns the SDP of a message; null if it has none, or an unreadable one. */
    static @Nullable Sdp of(SipMessage message) {
        return "application/sdp".equals(message.contentType()) ? Sdp.parse(message.body()) : null;
    }
}
