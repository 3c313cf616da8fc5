// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.call.MediaKeying;
import com.techpro.callclient.ports.phonesystem.KeyExchange;

/**
 * What one end of a call spoke.
 *
 * @param codec the RTP encoding name
 * @param keying where its keys came from
 * @param path the way that its account looks for
 */
record CallMedia(String codec, MediaKeying keying, MediaChoice.Path path) {
    /** Whether this is among what an account has. */
    boolean isOf(MediaChoice choice) {
        boolean keys = switch (keying) {
            case NONE -> true;
            case SDES -> choice.keying().takes(KeyExchange.SDES);
            case DTLS -> choice.keying().takes(KeyExchange.DTLS);
        };
        return keys && choice.codecs().stream().anyMatch(codec::equalsIgnoreCase);
    }
}
