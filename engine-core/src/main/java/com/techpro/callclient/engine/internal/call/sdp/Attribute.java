// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import org.jspecify.annotations.Nullable;

/**
 * An {@code a=} line (RFC 8866 §5.13). Prints without its value, which may be a key.
 *
 * @param value null for a property attribute such as {@code a=sendrecv}
 */
public record Attribute(String name, @Nullable String value) {
    static Attribute parse(String text) throws SdpException {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        if (name.isEmpty()) {
            throw new SdpException("an attribute has a name (RFC 8866 §5.13)");
        }
        return new Attribute(name, colon < 0 ? null : text.substring(colon + 1));
    }

    String encode() {
        return value == null ? name : name + ":" + value;
    }

    @Override
    public String toString() {
        return "Attribute[" + name + "]";
    }
}
