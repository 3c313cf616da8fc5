// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import java.util.ArrayList;
import java.util.List;
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

    static boolean has(List<Attribute> attributes, String name) {
        for (Attribute attribute : attributes) {
            if (attribute.name.equals(name)) {
                return true;
            }
        }
        return false;
    }

    /** The values of those with this name. */
    static List<String> values(List<Attribute> attributes, String name) {
        List<String> values = new ArrayList<>();
        for (Attribute attribute : attributes) {
            String value = attribute.value;
            if (value != null && attribute.name.equals(name)) {
                values.add(value);
            }
        }
        return values;
    }

    String encode() {
        return value == null ? name : name + ":" + value;
    }

    @Override
    public String toString() {
        return "Attribute[" + name + "]";
    }
}
