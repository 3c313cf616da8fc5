// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.message;

import com.techpro.callclient.engine.internal.xml.NamespacedXml;
import com.techpro.callclient.engine.message.MessageReceipt.Status;
import com.techpro.callclient.stack.xml.XmlElement;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A delivery or display receipt, as {@code message/imdn+xml} (RFC 5438 §11).
 *
 * @param status null for an intermediate stage, which nobody here requests
 */
record DispositionNotification(String messageId, @Nullable Status status) {
    static final String CONTENT_TYPE = "message/imdn+xml";

    private static final String NAMESPACE = "urn:ietf:params:xml:ns:imdn";
    private static final NamespacedXml XML = new NamespacedXml(NAMESPACE, 8 * 1024, 100);
    private static final int LONGEST_ID = 256;

    /** @return null if it is no such document, or is too large */
    static @Nullable DispositionNotification read(byte[] document) {
        XmlElement root = XML.root(document, "imdn");
        XmlElement named = root == null ? null : XML.child(root, "message-id");
        String id = named == null ? null : id(named.text());
        if (root == null || id == null) {
            return null;
        }
        if (XML.child(root, "processing-notification") != null) {
            return new DispositionNotification(id, null);
        }
        XmlElement told = XML.child(root, "delivery-notification");
        told = told == null ? XML.child(root, "display-notification") : told;
        XmlElement status = told == null ? null : XML.child(told, "status");
        if (status == null || status.children().isEmpty()) {
            return null;
        }
        return new DispositionNotification(
                id,
                switch (status.children().get(0).name()) {
                    case "delivered" -> Status.DELIVERED;
                    case "failed" -> Status.NOT_DELIVERED;
                    case "displayed" -> Status.DISPLAYED;
                    default -> Status.UNKNOWN;
                });
    }

    /** Returns an id that is safe to write elsewhere, or null. */
    static @Nullable String id(@Nullable String given) {
        String id = given == null ? "" : given.trim();
        return !id.isEmpty() && id.length() <= LONGEST_ID && id.chars().allMatch(c -> c > ' ' && c < 127) ? id : null;
    }

    /** @param recipient of the message */
    byte[] write(Instant when, String recipient) {
        String kind = status == Status.DISPLAYED ? "display" : "delivery";
        String word = status == Status.DISPLAYED ? "displayed" : "delivered";
        return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<imdn xmlns=\"" + NAMESPACE + "\">\r\n<message-id>"
                        + escaped(messageId) + "</message-id>\r\n<datetime>" + when.truncatedTo(ChronoUnit.SECONDS)
                        + "</datetime>\r\n<recipient-uri>" + escaped(recipient) + "</recipient-uri>\r\n<" + kind
                        + "-notification><status><" + word + "/></status></" + kind + "-notification>\r\n</imdn>\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
