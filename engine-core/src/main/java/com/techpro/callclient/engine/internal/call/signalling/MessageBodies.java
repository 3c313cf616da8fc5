// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.signalling;

import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.engine.internal.call.sdp.SdpException;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.stack.sip.SipCapabilities;
import com.techpro.callclient.stack.sip.message.MultipartBody;
import com.techpro.callclient.stack.sip.message.MultipartBody.Part;
import com.techpro.callclient.stack.sip.message.ParameterizedToken;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message's body as a call understands it: a session description, alone or among other parts
 * (RFC 5621). A response and an ACK cannot be refused, so only their description counts.
 *
 * @param description null if there is none or it cannot be parsed
 * @param refusal the status to reject a request with: 415 for a body or part that is required and
 *     not understood (RFC 3261 §8.2.3), 400 for a malformed one; else 0
 */
public record MessageBodies(@Nullable SessionDescription description, int refusal) {
    private static final MessageBodies NONE = new MessageBodies(null, 0);
    private static final MessageBodies MALFORMED = new MessageBodies(null, 400);
    private static final MessageBodies UNKNOWN = new MessageBodies(null, 415);
    private static final int MOST_PARTS = 16;
    private static final int DEEPEST = 3;

    public static MessageBodies of(SipMessage message) {
        return message.hasBody() ? read(Part.of(message), message.headers("Geolocation"), 1) : NONE;
    }

    /** Returns the description, or null if there is none or it cannot be parsed. */
    public static @Nullable SessionDescription description(SipMessage message) {
        return of(message).description;
    }

    public RefusalReason reason() {
        return refusal == 415 ? RefusalReason.UNSUPPORTED_MEDIA_TYPE : RefusalReason.MALFORMED;
    }

    /** Returns the header of a rejection that says which types to send instead, if any. */
    public Map<String, String> accept() {
        return refusal == 415 ? Map.of("Accept", String.join(", ", SipCapabilities.DEFAULT.bodies())) : Map.of();
    }

    /** Returns the response that rejects the request. */
    SipResponse.Builder rejection(ServerTransactionHandle request) {
        SipResponse.Builder response = request.response(refusal);
        accept().forEach(response::set);
        return response;
    }

    /**
     * @param locations the message's Geolocation
     */
    private static MessageBodies read(Part part, List<String> locations, int depth) {
        ParameterizedToken disposition = ParameterizedToken.parse(part.disposition());
        String use = disposition == null ? "" : disposition.token();
        MessageBodies read = UNKNOWN;
        if (part.type().equals(SessionDescription.CONTENT_TYPE) && !use.equals("early-session")) {
            read = description(part);
        } else if (part.type().startsWith("multipart/")) {
            read = depth > DEEPEST ? MALFORMED : parts(part, locations, depth);
        }
        // A header that is not understood makes what it refers to superfluous (RFC 5621 §9).
        boolean optional = disposition == null
                ? locations.stream().anyMatch(location -> location.contains("cid:" + part.contentId() + '>'))
                : use.equals("by-reference")
                        || "optional".equalsIgnoreCase(disposition.parameters().get("handling"));
        return read.refusal == 415 && optional ? new MessageBodies(read.description, 0) : read;
    }

    private static MessageBodies parts(Part whole, List<String> locations, int depth) {
        MultipartBody body =
                MultipartBody.parse(whole.text().getBytes(StandardCharsets.UTF_8), whole.boundary(), MOST_PARTS);
        if (body == null) {
            return MALFORMED;
        }
        List<MessageBodies> all = new ArrayList<>();
        body.parts().forEach(part -> all.add(read(part, locations, depth + 1)));
        if (whole.type().equals("multipart/alternative")) {
            Collections.reverse(all);
            return all.stream()
                    .filter(part -> part.description != null && part.refusal == 0)
                    .findFirst()
                    .orElse(UNKNOWN);
        }
        MessageBodies together = NONE;
        for (MessageBodies part : all) {
            together = new MessageBodies(
                    together.description == null ? part.description : together.description,
                    together.refusal == 0 ? part.refusal : together.refusal);
        }
        return together;
    }

    private static MessageBodies description(Part part) {
        try {
            return new MessageBodies(SessionDescription.parse(part.text().getBytes(StandardCharsets.UTF_8)), 0);
        } catch (SdpException e) {
            return MALFORMED;
        }
    }
}
