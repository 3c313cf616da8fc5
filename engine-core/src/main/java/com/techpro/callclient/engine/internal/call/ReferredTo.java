// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.CallHeader;
import com.techpro.callclient.engine.internal.sip.message.NameAddr;
import com.techpro.callclient.engine.internal.sip.message.SipParseException;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom a REFER asks to call (RFC 3515 §2.1), and how.
 *
 * @param target without the headers that it is to be called with
 * @param by the Referred-By (RFC 3892 §2.1), or null
 * @param headers of the INVITE: Referred-By, and Replaces and Require where the call takes the place of another (RFC 3891)
 */
record ReferredTo(NameAddr target, @Nullable NameAddr by, List<CallHeader> headers) {
    private static final int LONGEST = 512;

    /** Null if it does not say whom, in exactly one address that can be read. */
    static @Nullable ReferredTo parse(SipRequest refer) {
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

    /** Of all that a URI may ask for (RFC 3261 §19.1.5), what says whose place is taken; the rest is left out. */
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

    /** Whether a call is asked for, and no other request. */
    boolean isCall() {
        String method = target.uri().isSip() ? target.uri().param("method") : null;
        return method == null || method.equalsIgnoreCase("INVITE");
    }
}
