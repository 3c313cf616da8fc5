// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import com.techpro.callclient.stack.ice.IceAttributes;
import com.techpro.callclient.stack.media.Keying;
import com.techpro.callclient.stack.media.MediaParameters;
import org.jspecify.annotations.Nullable;

/**
 * What an offer and its answer agreed.
 *
 * @param remoteHold whether the other side does not want to hear us now
 * @param remoteIce how the other side may be found; null if it does without ICE, or this side does
 */
public record NegotiatedMedia(
        MediaParameters parameters,
        boolean remoteHold,
        @Nullable IceAttributes remoteIce) {
    public NegotiatedMedia(MediaParameters parameters, boolean remoteHold) {
        this(parameters, remoteHold, null);
    }

    public Keying keying() {
        return parameters.keying();
    }
}
