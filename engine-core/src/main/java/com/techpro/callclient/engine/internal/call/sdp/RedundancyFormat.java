// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.Codecs;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Redundant audio data (RFC 2198) in an {@code m=audio} section. It is no codec: it goes with those of its clock rate and channels, and is never what is spoken, wherever in the
 * section it stands.
 *
 * @param example what its clock rate and channels are those of
 */
record RedundancyFormat(int payloadType, Codec example) {
    private static final String NAME = "red";
    /** Blocks that {@code a=fmtp} may name. */
    private static final int MOST_BLOCKS = 16;

    /** Those of a section that name only payload types of its codecs (§4), or none. */
    static List<RedundancyFormat> read(
            MediaDescription line, Map<Integer, String> encodings, List<PayloadFormat> codecs) {
        List<RedundancyFormat> found = new ArrayList<>();
        for (String format : line.formats()) {
            int payloadType = Digits.parse(format, 127);
            String encoding = encodings.getOrDefault(payloadType, "");
            for (PayloadFormat codec : codecs) {
                if (isEncoding(encoding, codec.codec())) {
                    if (isOf(codecs, AudioSection.fmtp(line, payloadType))) {
                        found.add(new RedundancyFormat(payloadType, codec.codec()));
                    }
                    break;
                }
            }
        }
        return found;
    }

    /** The {@code a=rtpmap} value after the payload type, for a codec. */
    static String rtpmap(Codec codec) {
        return NAME + Codecs.rtpmap(codec).substring(codec.encodingName().length());
    }

    private static boolean isEncoding(String encoding, Codec codec) {
        String own = rtpmap(codec);
        return encoding.equalsIgnoreCase(own) || (codec.channels() == 1 && encoding.equalsIgnoreCase(own + "/1"));
    }

    private static boolean isOf(List<PayloadFormat> codecs, String fmtp) {
        if (fmtp.isEmpty()) {
            return true;
        }
        String[] blocks = fmtp.split("/", MOST_BLOCKS + 1);
        for (String block : blocks) {
            int payloadType = Digits.parse(block.trim(), 127);
            if (codecs.stream().noneMatch(codec -> codec.payloadType() == payloadType)) {
                return false;
            }
        }
        return blocks.length <= MOST_BLOCKS;
    }

    boolean isFor(Codec codec) {
        return codec.clockRate() == example.clockRate() && codec.channels() == example.channels();
    }
}
