// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import com.techpro.callclient.engine.internal.presence.DialogInfo.DialogState;
import com.techpro.callclient.engine.internal.presence.DialogInfo.WatchedDialog;
import com.techpro.callclient.engine.internal.xml.NamespacedXml;
import com.techpro.callclient.stack.xml.XmlElement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses {@code application/dialog-info+xml} (RFC 4235 §4). Extension elements are ignored. */
final class DialogInfoReader {
    static final String CONTENT_TYPE = "application/dialog-info+xml";

    private static final NamespacedXml XML = new NamespacedXml("urn:ietf:params:xml:ns:dialog-info");
    private static final long LAST_VERSION = 0xFFFF_FFFFL;
    private static final int MOST_DIALOGS = 100;

    private DialogInfoReader() {}

    /** @return null if it is no such document, or is too large */
    static @Nullable DialogInfo read(byte[] document) {
        XmlElement root = XML.root(document, "dialog-info");
        if (root == null) {
            return null;
        }
        String state = root.attribute("state");
        String version = root.attribute("version");
        if (state == null
                || !(state.equals("full") || state.equals("partial"))
                || version == null
                || !version.matches("[0-9]{1,10}")
                || Long.parseLong(version) > LAST_VERSION) {
            return null;
        }
        List<WatchedDialog> dialogs = new ArrayList<>();
        for (XmlElement element : XML.children(root, "dialog")) {
            WatchedDialog dialog = dialog(element);
            if (dialog == null || dialogs.size() == MOST_DIALOGS) {
                return null;
            }
            dialogs.add(dialog);
        }
        return new DialogInfo(state.equals("full"), Long.parseLong(version), dialogs);
    }

    private static @Nullable WatchedDialog dialog(XmlElement element) {
        String id = NamespacedXml.attribute(element, "id");
        DialogState state = state(NamespacedXml.text(XML.child(element, "state")));
        if (id == null || state == null) {
            return null;
        }
        XmlElement remote = XML.child(element, "remote");
        XmlElement identity = remote == null ? null : XML.child(remote, "identity");
        XmlElement target = remote == null ? null : XML.child(remote, "target");
        return new WatchedDialog(
                id,
                state,
                outgoing(element.attribute("direction")),
                NamespacedXml.attribute(element, "call-id"),
                NamespacedXml.attribute(element, "local-tag"),
                NamespacedXml.attribute(element, "remote-tag"),
                NamespacedXml.text(identity),
                NamespacedXml.attribute(identity, "display"),
                NamespacedXml.attribute(target, "uri"));
    }

    private static @Nullable Boolean outgoing(@Nullable String direction) {
        return direction == null ? null : Boolean.valueOf(direction.equals("initiator"));
    }

    private static @Nullable DialogState state(@Nullable String text) {
        return text == null
                ? null
                : switch (text) {
                    case "trying" -> DialogState.TRYING;
                    case "proceeding" -> DialogState.PROCEEDING;
                    case "early" -> DialogState.EARLY;
                    case "confirmed" -> DialogState.CONFIRMED;
                    case "terminated" -> DialogState.TERMINATED;
                    default -> null;
                };
    }
}
