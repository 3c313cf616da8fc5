// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import com.techpro.callclient.engine.internal.xml.NamespacedXml;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.stack.xml.XmlElement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses {@code application/pidf+xml} (RFC 3863 §4) as far as a lamp shows it: whether the user is
 * reachable, and whether the user is on the phone, if the document says so (RFC 4480 §3.2).
 */
final class PidfReader {
    static final String CONTENT_TYPE = "application/pidf+xml";

    private static final NamespacedXml XML = new NamespacedXml("urn:ietf:params:xml:ns:pidf");
    private static final String RPID = "urn:ietf:params:xml:ns:pidf:rpid";

    private PidfReader() {}

    /** @return null if it is no such document, or is too large */
    static @Nullable LampState read(byte[] document) {
        XmlElement root = XML.root(document, "presence");
        if (root == null) {
            return null;
        }
        boolean known = false;
        boolean open = false;
        for (XmlElement tuple : XML.children(root, "tuple")) {
            XmlElement status = XML.child(tuple, "status");
            String basic = status == null ? null : NamespacedXml.text(XML.child(status, "basic"));
            known |= basic != null;
            open |= "open".equals(basic);
        }
        if (!known) {
            return LampState.UNKNOWN;
        }
        return open ? isOnThePhone(root) ? LampState.TALKING : LampState.IDLE : LampState.OFFLINE;
    }

    /** Whether an activity says so. Phone systems write {@code busy} for a line in use too. */
    private static boolean isOnThePhone(XmlElement root) {
        List<XmlElement> activities = root.descendants(RPID, "activities");
        return activities.stream()
                .flatMap(element -> element.children().stream())
                .anyMatch(activity -> activity.namespace().equals(RPID)
                        && (activity.name().equals("on-the-phone")
                                || activity.name().equals("busy")));
    }
}
