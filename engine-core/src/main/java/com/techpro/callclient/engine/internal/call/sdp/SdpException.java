// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

/** A session description that cannot be read. The message names the rule that was broken, never what was sent. */
public final class SdpException extends Exception {
    private static final long serialVersionUID = 1;

    SdpException(String rule) {
        super(rule);
    }
}
