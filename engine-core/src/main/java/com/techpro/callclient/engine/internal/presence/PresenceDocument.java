// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import com.techpro.callclient.engine.presence.PresenceStatus;
import com.techpro.callclient.stack.sip.message.SipUri;
import org.jspecify.annotations.Nullable;

/** Writes {@code application/pidf+xml} (RFC 3863) with a person's activity (RFC 4479, RFC 4480). Prints without its content. */
record PresenceDocument(PresenceStatus status, @Nullable String note) {
    static final int LONGEST_NOTE = 200;

    String text(SipUri entity) {
        String activity = switch (status) {
            case AVAILABLE, OFFLINE -> null;
            case AWAY -> "away";
            case BUSY -> "busy";
            case ON_THE_PHONE -> "on-the-phone";
        };
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<presence xmlns=\"urn:ietf:params:xml:ns:pidf\""
                + " xmlns:dm=\"urn:ietf:params:xml:ns:pidf:data-model\""
                + " xmlns:rpid=\"urn:ietf:params:xml:ns:pidf:rpid\" entity=\"" + escaped(entity.encode())
                + "\">\r\n<tuple id=\"phone\"><status><basic>"
                + (status == PresenceStatus.OFFLINE ? "closed" : "open") + "</basic></status>"
                + (note == null || note.isEmpty() ? "" : "<note>" + escaped(note) + "</note>") + "</tuple>\r\n"
                + (activity == null
                        ? ""
                        : "<dm:person id=\"user\"><rpid:activities><rpid:" + activity
                                + "/></rpid:activities></dm:person>\r\n")
                + "</presence>\r\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return "PresenceDocument[" + status + ", redacted]";
    }
}
