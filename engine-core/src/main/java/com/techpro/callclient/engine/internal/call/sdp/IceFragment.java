// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

import com.techpro.callclient.stack.ice.IceAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Candidates that follow a description: an {@code application/trickle-ice-sdpfrag} (RFC 8840 §9), of the one audio section that a call has. */
public final class IceFragment {
    public static final String CONTENT_TYPE = "application/trickle-ice-sdpfrag";

    private static final int MAX_LENGTH = 16_384;

    private IceFragment() {}

    /**
     * What the fragment says of the section with that identification, or of its first where there is none.
     *
     * @return null if it has neither name and password nor such a section
     */
    public static @Nullable IceAttributes parse(String text, @Nullable String mid) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        List<String> session = new ArrayList<>();
        List<List<String>> sections = new ArrayList<>();
        for (String line : text.split("\r\n|\n|\r", -1)) {
            if (line.startsWith("m=")) {
                sections.add(new ArrayList<>(session));
            } else if (line.startsWith("a=")) {
                List<String> to = sections.isEmpty() ? session : sections.get(sections.size() - 1);
                to.add(line.substring(2));
            }
        }
        for (List<String> section : sections) {
            if (mid == null || section.contains("mid:" + mid)) {
                IceAttributes found = IceAttributes.parse(section);
                return found.credentials() == null ? null : found;
            }
        }
        return null;
    }

    /** All candidates of the generation so far, as each fragment repeats those before it (§4.4). */
    public static String write(IceAttributes ours, String mid, boolean withholdRelated) {
        StringBuilder text = new StringBuilder();
        StringBuilder section = new StringBuilder("m=audio 9 RTP/AVP 0\r\na=mid:" + mid + "\r\n");
        for (String line : ours.write(withholdRelated)) {
            boolean ofSection = line.startsWith("candidate:") || line.equals("end-of-candidates");
            if (ofSection || line.startsWith("ice-ufrag:") || line.startsWith("ice-pwd:")) {
                (ofSection ? section : text).append("a=").append(line).append("\r\n");
            }
        }
        return text.append(section).toString();
    }
}
