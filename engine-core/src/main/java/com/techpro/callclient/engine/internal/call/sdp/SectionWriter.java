// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import com.techpro.callclient.engine.internal.media.Direction;
import com.techpro.callclient.engine.internal.media.codec.Codec;
import com.techpro.callclient.engine.internal.media.srtp.SrtpKeys;
import java.util.ArrayList;
import java.util.List;

/** Writes our {@code m=audio} section. */
final class SectionWriter {
    private final String protocol;
    private final List<String> formats = new ArrayList<>();
    private final List<Attribute> attributes = new ArrayList<>();

    SectionWriter(String protocol) {
        this.protocol = protocol;
    }

    SectionWriter codec(Codec codec) {
        String payloadType = Integer.toString(codec.payloadType());
        formats.add(payloadType);
        attributes.add(new Attribute("rtpmap", payloadType + " " + codec.name() + "/" + Codec.CLOCK_RATE));
        return this;
    }

    /** RFC 4733 §2.4: the sixteen keys. Nothing if the payload type is negative. */
    SectionWriter telephoneEvent(int payloadType) {
        if (payloadType >= 0) {
            formats.add(Integer.toString(payloadType));
            attributes.add(new Attribute("rtpmap", payloadType + " telephone-event/" + Codec.CLOCK_RATE));
            attributes.add(new Attribute("fmtp", payloadType + " 0-15"));
        }
        return this;
    }

    SectionWriter crypto(int tag, SrtpKeys keys) {
        attributes.add(new Attribute("crypto", keys.toCryptoAttribute(tag)));
        return this;
    }

    MediaDescription finish(int port, Direction direction, boolean multiplexed) {
        attributes.add(new Attribute("ptime", "20"));
        attributes.add(new Attribute(AudioSection.attributeOf(direction), null));
        if (multiplexed) {
            attributes.add(new Attribute("rtcp-mux", null));
        }
        return new MediaDescription("audio", port, protocol, formats, null, attributes);
    }
}
