// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.party;

import com.techpro.callclient.engine.call.CallHeader;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipParseException;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The target of a REFER (RFC 3515 §2.1), and how to call it.
 *
 * @param target without embedded headers
 * @param by the Referred-By (RFC 3892 §2.1), or null
 * @param headers for the INVITE: Referred-By, and Replaces and Require if the call replaces another
 *     (RFC 3891)
 */
public record ReferredTo(NameAddr target, @Nullable NameAddr by, List<CallHeader> headers) {
    private static final int LONGEST = 512;

    /** Returns null unless there is exactly one Refer-To that can be parsed. */
    public static @Nullable ReferredTo parse(SipRequest refer) {
        List<String> targets = refer.headers("Refer-To");
        if (targets.size() != 1) {
            return null;
        }
        try {
            NameAddr target = NameAddr.parse(targets.get(0));
            String said = refer.header("Referred-By");
            NameAddr by = said == null ? null : NameAddr.parse(said);
            List<CallHeader> headers = new ArrayList<>(3);
            if (said != null && said.length() <= LONGEST) {
                headers.add(new CallHeader("Referred-By", said));
            }
            if (target.uri().isSip()) {
                for (Map.Entry<String, String> header : target.uri().headers().entrySet()) {
                    if (!addEmbedded(header.getKey(), header.getValue(), headers)) {
                        return null;
                    }
                }
            }
            SipUri plain = target.uri().isSip() ? target.uri().withoutHeaders() : target.uri();
            return new ReferredTo(NameAddr.of(target.displayName(), plain), by, headers);
        } catch (SipParseException | IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * Adds an embedded header that concerns a replacement; all others that a URI may carry (RFC
     * 3261 §19.1.5) are ignored.
     *
     * @return false if the REFER is unusable
     */
    private static boolean addEmbedded(String name, String value, List<CallHeader> headers) {
        if (value.length() > LONGEST) {
            return !name.equalsIgnoreCase("Replaces");
        }
        if (name.equalsIgnoreCase("Replaces")) {
            headers.add(new CallHeader("Replaces", value));
        } else if (name.equalsIgnoreCase("Require") && value.equalsIgnoreCase("replaces")) {
            headers.add(new CallHeader("Require", value));
        }
        return true;
    }

    /** Whether the REFER asks for a call, not for another request. */
    public boolean isCall() {
        String method = target.uri().isSip() ? target.uri().param("method") : null;
        return method == null || method.equalsIgnoreCase("INVITE");
    }
}
