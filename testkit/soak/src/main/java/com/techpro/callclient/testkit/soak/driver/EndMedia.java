// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import com.techpro.callclient.engine.call.MediaKeying;
import com.techpro.callclient.ports.phonesystem.KeyExchange;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;

/**
 * The media of one end of a call.
 *
 * @param codec the RTP encoding name
 * @param keying the source of its keys
 * @param path the media path that its account uses
 */
public record EndMedia(String codec, MediaKeying keying, MediaChoice.Path path) {
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
