// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import com.techpro.callclient.stack.media.MediaDirection;
import com.techpro.callclient.stack.media.codec.Codecs;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.dtls.Fingerprint;
import com.techpro.callclient.stack.media.rtp.xr.XrFormats;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes our {@code m=audio} section. */
final class SectionWriter {
    private final String protocol;
    private final List<String> formats = new ArrayList<>();
    private final List<Attribute> attributes = new ArrayList<>();
    /** That of the codec we like best. */
    private int ptime;

    SectionWriter(String protocol) {
        this.protocol = protocol;
    }

    /** With our own parameters, whatever those of the format are. */
    SectionWriter codec(PayloadFormat format) {
        String payloadType = Integer.toString(format.payloadType());
        formats.add(payloadType);
        attributes.add(new Attribute("rtpmap", payloadType + " " + Codecs.rtpmap(format.codec())));
        if (!format.codec().fmtp().isEmpty()) {
            attributes.add(
                    new Attribute("fmtp", payloadType + " " + format.codec().fmtp()));
        }
        if (ptime == 0) {
            ptime = format.codec().usualPacketMillis();
        }
        return this;
    }

    /** RFC 4733 §2.4: the sixteen keys. Nothing if the payload type is negative. */
    SectionWriter telephoneEvent(int payloadType, int clockRate) {
        if (payloadType >= 0) {
            formats.add(Integer.toString(payloadType));
            attributes.add(new Attribute("rtpmap", payloadType + " telephone-event/" + clockRate));
            attributes.add(new Attribute("fmtp", payloadType + " 0-15"));
        }
        return this;
    }

    /** RFC 3389 §4. Nothing if the payload type is negative. */
    SectionWriter comfortNoise(int payloadType, int clockRate) {
        if (payloadType >= 0) {
            formats.add(Integer.toString(payloadType));
            attributes.add(new Attribute("rtpmap", payloadType + " CN/" + clockRate));
        }
        return this;
    }

    /** RFC 2198 §4, for a codec once more. Nothing if the payload type is negative. */
    SectionWriter redundancy(int payloadType, PayloadFormat codec) {
        if (payloadType >= 0) {
            int block = codec.payloadType();
            formats.add(Integer.toString(payloadType));
            attributes.add(new Attribute("rtpmap", payloadType + " " + RedundancyFormat.rtpmap(codec.codec())));
            attributes.add(new Attribute("fmtp", payloadType + " " + block + "/" + block));
        }
        return this;
    }

    SectionWriter crypto(int tag, SrtpKeys keys) {
        attributes.add(new Attribute("crypto", keys.toCryptoAttribute(tag)));
        return this;
    }

    /** The name that the section has in the session (RFC 8843 §5), if it has one. */
    SectionWriter named(@Nullable String mid) {
        if (mid != null) {
            attributes.add(new Attribute("mid", mid));
        }
        return this;
    }

    SectionWriter dtls(Fingerprint ours, Setup setup) {
        attributes.add(new Attribute("fingerprint", ours.toAttribute()));
        attributes.add(new Attribute("setup", setup.token()));
        return this;
    }

    /** The extended reports that we want, if we do. */
    SectionWriter extendedReports(boolean wanted) {
        if (wanted) {
            attributes.add(new Attribute(XrAttribute.NAME, XrAttribute.of(XrFormats.ALL)));
        }
        return this;
    }

    MediaDescription finish(int port, MediaDirection direction, boolean multiplexed) {
        attributes.add(new Attribute("ptime", Integer.toString(ptime)));
        attributes.add(new Attribute(AudioSection.attributeOf(direction), null));
        if (multiplexed) {
            attributes.add(new Attribute("rtcp-mux", null));
        }
        return new MediaDescription("audio", port, protocol, formats, null, attributes);
    }
}
