// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import com.techpro.callclient.engine.call.MediaKeying;
import com.techpro.callclient.ports.phonesystem.KeyExchange;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import java.util.List;

/**
 * The media of one end of a call.
 *
 * @param codec the RTP encoding name
 * @param keying the source of its keys
 * @param path the media path that its account uses
 */
public record EndMedia(String codec, MediaKeying keying, MediaChoice.Path path) {
    /** Returns both ends', in the order of the verdicts; empty if nothing was agreed. */
    public static List<EndMedia> of(CallLeg callee, CallLeg caller) {
        EndMedia callees = callee.media();
        EndMedia callers = caller.media();
        return callees == null || callers == null ? List.of() : List.of(callees, callers);
    }

    /** Whether this is among an account's choices. */
    public boolean isOf(MediaChoice choice) {
        boolean keys = switch (keying) {
            case NONE -> true;
            case SDES -> choice.keying().takes(KeyExchange.SDES);
            case DTLS -> choice.keying().takes(KeyExchange.DTLS);
        };
        return keys && choice.codecs().stream().anyMatch(codec::equalsIgnoreCase);
    }
}
