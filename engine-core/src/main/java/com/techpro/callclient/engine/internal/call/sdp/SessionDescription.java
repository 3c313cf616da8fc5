// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session description (RFC 8866), as far as calls need one: other lines are checked for form and left out. Immutable; prints without
 * its contents, which hold addresses and keys.
 *
 * @param connection the session's {@code c=} line, or null
 */
public record SessionDescription(
        Origin origin, @Nullable String connection, List<Attribute> attributes, List<MediaDescription> media) {
    /** The body's media type. */
    public static final String CONTENT_TYPE = "application/sdp";

    public SessionDescription {
        attributes = List.copyOf(attributes);
        media = List.copyOf(media);
    }

    /** @throws SdpException if it breaks the grammar or is larger than any call needs */
    public static SessionDescription parse(byte[] body) throws SdpException {
        return new SdpParser(body).parse();
    }

    List<String> values(String attribute) {
        return Attribute.values(attributes, attribute);
    }

    public byte[] encode() {
        StringBuilder out = new StringBuilder(512);
        out.append("v=0\r\no=").append(origin.encode()).append("\r\ns=-\r\n");
        if (connection != null) {
            out.append("c=").append(connection).append("\r\n");
        }
        out.append("t=0 0\r\n");
        attributes.forEach(a -> out.append("a=").append(a.encode()).append("\r\n"));
        media.forEach(m -> m.encode(out));
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "SessionDescription[" + media.size() + " media]";
    }
}
