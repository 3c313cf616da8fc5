// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.engine.internal.sip.message.SipMessage;
import com.techpro.callclient.testkit.pbx.media.Sdp;
import org.jspecify.annotations.Nullable;

/** The session descriptions that messages carry. */
final class SdpBody {
    private SdpBody() {}

    /** The description in a message; null if it has none, or none that can be read. */
    static @Nullable Sdp of(SipMessage message) {
        return "application/sdp".equals(message.contentType()) ? Sdp.parse(message.body()) : null;
    }
}
