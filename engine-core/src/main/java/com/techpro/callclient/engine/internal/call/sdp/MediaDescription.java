// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An {@code m=} section (RFC 8866 §5.14).
 *
 * @param port 0 for a stream that is refused or removed (RFC 3264 §6, §8.2)
 * @param connection the section's own {@code c=} line, or null where the session's holds
 */
public record MediaDescription(
        String type,
        int port,
        String protocol,
        List<String> formats,
        @Nullable String connection,
        List<Attribute> attributes) {
    public MediaDescription {
        formats = List.copyOf(formats);
        attributes = List.copyOf(attributes);
    }

    /** The same stream, refused: in its place, with its formats, as RFC 3264 §6 wants. */
    MediaDescription refused() {
        return new MediaDescription(type, 0, protocol, formats, null, List.of());
    }

    MediaDescription with(Attribute further) {
        List<Attribute> more = new ArrayList<>(attributes);
        more.add(further);
        return new MediaDescription(type, port, protocol, formats, connection, more);
    }

    boolean has(String attribute) {
        return Attribute.has(attributes, attribute);
    }

    List<String> values(String attribute) {
        return Attribute.values(attributes, attribute);
    }

    void encode(StringBuilder out) {
        out.append("m=").append(type).append(' ').append(port).append(' ').append(protocol);
        formats.forEach(format -> out.append(' ').append(format));
        out.append("\r\n");
        if (connection != null) {
            out.append("c=").append(connection).append("\r\n");
        }
        attributes.forEach(a -> out.append("a=").append(a.encode()).append("\r\n"));
    }

    @Override
    public String toString() {
        return "MediaDescription[" + type + ", " + protocol + (port == 0 ? ", refused]" : "]");
    }
}
