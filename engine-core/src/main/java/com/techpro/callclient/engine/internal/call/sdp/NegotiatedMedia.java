// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import com.techpro.callclient.engine.internal.media.Keying;
import com.techpro.callclient.engine.internal.media.MediaParameters;

/**
 * What an offer and its answer agreed.
 *
 * @param remoteHold whether the other side does not want to hear us now
 */
public record NegotiatedMedia(MediaParameters parameters, boolean remoteHold) {
    public Keying keying() {
        return parameters.keying();
    }
}
